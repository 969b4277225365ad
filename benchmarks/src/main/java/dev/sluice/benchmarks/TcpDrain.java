package dev.sluice.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Where one connection can be made, whose thread takes in all that comes. */
final class TcpDrain implements Runnable, AutoCloseable {
  private static final int BUFFER = 1 << 20;

  private final ServerSocketChannel listening;
  private final Thread thread = new Thread(this, "tcp-drain");

  TcpDrain() throws IOException {
    listening =
        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    thread.setDaemon(true);
    thread.start();
  }

  InetSocketAddress address() throws IOException {
    return (InetSocketAddress) listening.getLocalAddress();
  }

  @Override
  public void run() {
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    try (SocketChannel connection = listening.accept()) {
      while (connection.read(buffer) >= 0) {
        buffer.clear();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for the end of the connection. */
  @Override
  public void close() throws IOException {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    listening.close();
  }
}
