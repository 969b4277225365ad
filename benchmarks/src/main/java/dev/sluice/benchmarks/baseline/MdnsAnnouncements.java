package dev.sluice.benchmarks.baseline;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A host on the loopback interface that announces its address over mDNS. Used by one thread. */
public final class MdnsAnnouncements implements AutoCloseable {
  private static final int PORT = 5353;
  private static final byte[] NAME = "sluice-benchmark".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] DOMAIN = "local".getBytes(StandardCharsets.US_ASCII);

  private final byte[] message = announcement();
  private final MulticastSocket socket = new MulticastSocket();
  private final DatagramPacket packet = to("224.0.0.251");
  private final DatagramPacket unheard = to("224.0.0.252");

  /**
   * Has announced nothing yet.
   *
   * @throws IOException if the interface does not carry multicast
   */
  public MdnsAnnouncements() throws IOException {
    socket.setOption(
        StandardSocketOptions.IP_MULTICAST_IF,
        NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress()));
  }

  /** Announces another address than last time. */
  public void announce() throws IOException {
    message[message.length - 1]++;
    socket.send(packet);
  }

  /** Sends the same to a group in which nobody listens. */
  public void announceToNobody() throws IOException {
    socket.send(unheard);
  }

  @Override
  public void close() {
    socket.close();
  }

  private DatagramPacket to(String group) {
    return new DatagramPacket(message, message.length, new InetSocketAddress(group, PORT));
  }

  /** a response with one address record (RFC 1035, section 4.1; RFC 6762, section 10.2) */
  private static byte[] announcement() {
    ByteBuffer buffer = ByteBuffer.allocate(128);
    buffer.putShort((short) 0).putShort((short) 0x8400);
    buffer.putShort((short) 0).putShort((short) 1).putShort((short) 0).putShort((short) 0);
    buffer.put((byte) NAME.length).put(NAME).put((byte) DOMAIN.length).put(DOMAIN).put((byte) 0);
    buffer.putShort((short) 1).putShort((short) 0x8001).putInt(120).putShort((short) 4);
    buffer.put(new byte[] {127, 0, 0, 1});
    byte[] message = new byte[buffer.position()];
    buffer.flip().get(message);
    return message;
  }
}
