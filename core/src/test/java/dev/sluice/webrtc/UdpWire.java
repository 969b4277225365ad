package dev.sluice.webrtc;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Datagrams. */
final class UdpWire implements Wire {
  private static final int POLL_MILLIS = 5;

  private final byte[] buffer = new byte[2_048];
  private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());

  UdpWire() throws IOException {
    socket.setSoTimeout(POLL_MILLIS);
  }

  @Override
  public void send(byte[] packet, InetSocketAddress engine) throws IOException {
    socket.send(new DatagramPacket(packet, packet.length, engine));
  }

  @Override
  public byte @Nullable [] receive() throws IOException {
    DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
    try {
      socket.receive(packet);
    } catch (SocketTimeoutException nothing) {
      return null;
    }
    return Arrays.copyOf(buffer, packet.getLength());
  }

  @Override
  public void close() {
    socket.close();
  }
}
