package dev.sluice.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.Random;

/** A path between one peer and the engine that can lose datagrams or be cut. */
final class Link implements AutoCloseable {
  private static final int LARGEST = 2_048;

  private final DatagramSocket peerSide;
  private final DatagramSocket engineSide;
  private final double loss;
  private final Random random;
  private volatile SocketAddress peer;
  private volatile boolean cut;
  private volatile int lost;

  Link(InetSocketAddress engine, double loss, long seed) throws IOException {
    peerSide = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    engineSide = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    engineSide.connect(engine);
    peerSide.setReceiveBufferSize(4 << 20);
    engineSide.setReceiveBufferSize(4 << 20);
    this.loss = loss;
    random = new Random(seed);
    start(this::toEngine, "link-to-engine");
    start(this::toPeer, "link-to-peer");
  }

  /** the answer with this link in place of the engine's address */
  String reroute(String answer, InetSocketAddress engine) {
    return answer.replaceAll(
        "(candidate:\\S+ 1 udp \\d+ \\S+) " + engine.getPort(), "$1 " + peerSide.getLocalPort());
  }

  /** from now on nothing passes */
  void cut() {
    cut = true;
  }

  int lost() {
    return lost;
  }

  @Override
  public void close() {
    peerSide.close();
    engineSide.close();
  }

  private static void start(Runnable pump, String name) {
    Thread thread = new Thread(pump, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void toEngine() {
    DatagramPacket packet = new DatagramPacket(new byte[LARGEST], LARGEST);
    while (receive(peerSide, packet)) {
      peer = packet.getSocketAddress();
      if (!cut) {
        packet.setSocketAddress(engineSide.getRemoteSocketAddress());
        send(engineSide, packet);
      }
    }
  }

  private void toPeer() {
    DatagramPacket packet = new DatagramPacket(new byte[LARGEST], LARGEST);
    while (receive(engineSide, packet)) {
      boolean media = (packet.getData()[0] & 0xC0) == 0x80;
      if (media && random.nextDouble() < loss) {
        lost++;
      } else if (!cut && peer != null) {
        packet.setSocketAddress(peer);
        send(peerSide, packet);
      }
    }
  }

  private static boolean receive(DatagramSocket socket, DatagramPacket packet) {
    packet.setLength(LARGEST);
    try {
      socket.receive(packet);
      return true;
    } catch (SocketException closed) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void send(DatagramSocket socket, DatagramPacket packet) {
    try {
      socket.send(packet);
    } catch (IOException e) {
      if (!socket.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
