package dev.sluice.webrtc;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** Frames of RFC 4571 in a connection, which is made with the first packet. */
public final class TcpWire implements Wire {
  private static final int RECEIVE_BYTES = 16 << 10;

  private final ByteBuffer received = ByteBuffer.allocate(RECEIVE_BYTES).flip();
  private @Nullable SocketChannel socket;

  @Override
  public void send(byte[] packet, InetSocketAddress engine) throws IOException {
    if (socket == null) {
      socket = SocketChannel.open();
      socket.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BYTES);
      socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
      socket.connect(engine);
      socket.configureBlocking(false);
    }
    ByteBuffer frame = ByteBuffer.allocate(2 + packet.length);
    frame.putShort((short) packet.length).put(packet).flip();
    while (frame.hasRemaining()) {
      socket.write(frame);
    }
  }

  @Override
  public byte @Nullable [] receive() throws IOException {
    byte[] whole = next();
    if (whole == null && socket != null) {
      received.compact();
      int read = socket.read(received);
      received.flip();
      if (read < 0) {
        throw new EOFException("closed by the engine");
      }
      whole = next();
    }
    return whole;
  }

  private byte @Nullable [] next() {
    if (received.remaining() < 2) {
      return null;
    }
    int length = received.getShort(received.position()) & 0xFFFF;
    if (received.remaining() < 2 + length) {
      return null;
    }
    byte[] packet = new byte[length];
    received.getShort();
    received.get(packet);
    return packet;
  }

  @Override
  public void close() throws IOException {
    if (socket != null) {
      socket.close();
    }
  }
}
