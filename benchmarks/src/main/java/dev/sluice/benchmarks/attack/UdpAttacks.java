package dev.sluice.benchmarks.attack;

import dev.sluice.benchmarks.load.viewer.Handshake;
import dev.sluice.ice.IceCredentials;
import dev.sluice.srtp.SrtpProfile;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What comes in datagrams, from strangers or from peers that have an answer. */
final class UdpAttacks {
  private static final int FLOOD = 20_000;
  private static final int OFFERS = 400;
  private static final int HANDSHAKES = 100;
  private static final int CLAIMED = 8_192;
  private static final int FRAGMENTS = 4;
  private static final int MESSAGES = 1;
  private static final int HELLO_SECONDS = 5;

  private UdpAttacks() {}

  static void garbage(Target target, Pace pace) throws IOException, InterruptedException {
    Random random = new Random(1);
    try (DatagramSocket socket = new DatagramSocket()) {
      pace.keep(
          FLOOD,
          () -> {
            byte[] datagram = new byte[1 + random.nextInt(1_400)];
            random.nextBytes(datagram);
            send(socket, datagram, target.udp());
          });
    }
  }

  static void checksOfNobody(Target target, Pace pace) throws IOException, InterruptedException {
    IceCredentials forged = IceCredentials.generate(new SecureRandom());
    checks(target, pace, Session.check("abcd", forged));
  }

  static void checksWithTheWatchersName(Target target, Pace pace)
      throws IOException, InterruptedException {
    IceCredentials forged = IceCredentials.generate(new SecureRandom());
    IceCredentials watched = new IceCredentials(target.watchedUfrag(), forged.pwd());
    checks(target, pace, Session.check("abcd", watched));
  }

  private static void checks(Target target, Pace pace, byte[] check)
      throws IOException, InterruptedException {
    try (DatagramSocket socket = new DatagramSocket()) {
      pace.keep(FLOOD, () -> send(socket, check, target.udp()));
    }
  }

  static void offersWithoutMore(Target target, Pace pace) throws IOException, InterruptedException {
    pace.keep(OFFERS, target::offer);
  }

  /** each session gets as far as its ClientHello */
  static void handshakesWithoutEnd(Target target, Pace pace)
      throws IOException, InterruptedException {
    pace.keep(
        HANDSHAKES,
        () -> {
          Session session = target.offer();
          afterACheck(target, session, clientHello(session));
        });
  }

  /** each session comes from a port of its own */
  private static void afterACheck(Target target, Session session, byte[]... datagrams)
      throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      send(socket, session.check(), target.udp());
      for (byte[] datagram : datagrams) {
        send(socket, datagram, target.udp());
      }
    }
  }

  private static byte[] clientHello(Session session) throws InterruptedException {
    BlockingQueue<byte[]> sent = new LinkedBlockingQueue<>();
    Handshake handshake =
        new Handshake(session.identity(), List.of(SrtpProfile.AEAD_AES_128_GCM), sent::add);
    Thread client =
        new Thread(
            () -> {
              try {
                handshake.run();
              } catch (IOException e) {
                // it is left in the middle
              }
            },
            "client-hello");
    client.setDaemon(true);
    client.start();
    byte[] hello = sent.poll(HELLO_SECONDS, TimeUnit.SECONDS);
    client.interrupt();
    return hello == null ? new byte[0] : hello;
  }

  /** small fragments of handshake messages that claim to be large */
  static void fragmentsThatClaimMore(Target target, Pace pace)
      throws IOException, InterruptedException {
    byte[][] fragments = new byte[FRAGMENTS][];
    Arrays.setAll(fragments, UdpAttacks::fragment);
    pace.keep(HANDSHAKES, () -> afterACheck(target, target.offer(), fragments));
  }

  /** a record of DTLS 1.2 with one byte of a message of 8 KiB (RFC 6347, section 4.2.2) */
  private static byte[] fragment(int message) {
    ByteBuffer record = ByteBuffer.allocate(26);
    record.put((byte) 22).putShort((short) 0xFEFD).putShort((short) 0);
    record.putShort((short) 0).putInt(message).putShort((short) 13);
    record.put((byte) (message == 0 ? MESSAGES : 16 - message)).put((byte) 0);
    record.putShort((short) CLAIMED).putShort((short) message);
    record.put((byte) 0).putShort((short) (message + 1)).put((byte) 0).putShort((short) 1);
    record.put((byte) 1);
    return record.array();
  }

  private static void send(DatagramSocket socket, byte[] datagram, InetSocketAddress to)
      throws IOException {
    try {
      socket.send(new DatagramPacket(datagram, datagram.length, to));
    } catch (SocketException e) {
      // the kernel has no room: that is a part of a flood
    }
  }
}
