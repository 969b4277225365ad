package dev.sluice.benchmarks.attack;

import dev.sluice.benchmarks.load.publish.RtspConnection;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What comes by connections to the RTSP port, from strangers or from encoders. */
final class RtspAttacks {
  private static final int CONNECTIONS = 200;
  private static final int PUBLISHERS = 100;
  private static final int FLAPS = 100;
  private static final int LARGEST_FRAME = 1_400;
  private static final byte[] HALF_REQUEST =
      "ANNOUNCE rtsp://127.0.0.1/x RTSP/1.0\r\nCSeq: 1\r\nContent-Length: 30000\r\n\r\nv=0\r\n"
          .getBytes(StandardCharsets.US_ASCII);
  private static final byte[] LARGE_FRAME = {'$', 0, (byte) 0xFF, (byte) 0xFF, (byte) 0x80};

  /** not where publishers come from: an address has a limit of its own */
  private static final InetAddress STRANGER = new InetSocketAddress("127.0.0.2", 0).getAddress();

  private RtspAttacks() {}

  /** connections that begin a request, and say no more until they are closed */
  static void halfRequests(Target target, Pace pace) throws IOException, InterruptedException {
    strangers(target, pace, HALF_REQUEST);
  }

  /** connections that begin a frame before any request */
  static void framesOfStrangers(Target target, Pace pace) throws IOException, InterruptedException {
    strangers(target, pace, LARGE_FRAME);
  }

  private static void strangers(Target target, Pace pace, byte[] first)
      throws IOException, InterruptedException {
    List<Closeable> open = new ArrayList<>();
    InetAddress loopback = InetAddress.getLoopbackAddress();
    pace.keep(
        CONNECTIONS,
        () -> {
          try {
            Socket socket = new Socket(loopback, target.rtspPort(), STRANGER, 0);
            open.add(socket);
            socket.getOutputStream().write(first);
          } catch (IOException e) {
            // refused, as it should be
          }
        });
    close(open);
  }

  /** publishers that record, and leave each in the middle of a frame */
  static void halfFrames(Target target, Pace pace) throws IOException, InterruptedException {
    ByteBuffer half = ByteBuffer.allocate(LARGEST_FRAME);
    half.put((byte) '$').put((byte) 0).putShort((short) LARGEST_FRAME).put((byte) 0x80);
    half.clear();
    silent(target, pace, half);
  }

  /** publishers that record, and send nothing */
  static void frozenPublishers(Target target, Pace pace) throws IOException, InterruptedException {
    silent(target, pace, ByteBuffer.allocate(0));
  }

  private static void silent(Target target, Pace pace, ByteBuffer first)
      throws IOException, InterruptedException {
    List<Closeable> open = new ArrayList<>();
    pace.keep(
        PUBLISHERS,
        () -> {
          try {
            RtspConnection publisher =
                new RtspConnection(target.rtspPort(), "silent" + open.size() % PUBLISHERS);
            open.add(publisher);
            publisher.record();
            publisher.send(first);
          } catch (IOException e) {
            // refused, as it should be
          }
        });
    close(open);
  }

  /** one name that is published, taken over and left again and again */
  static void flaps(Target target, Pace pace) throws IOException, InterruptedException {
    pace.keep(
        FLAPS,
        () -> {
          RtspConnection first = new RtspConnection(target.rtspPort(), "flapping");
          RtspConnection second = new RtspConnection(target.rtspPort(), "flapping");
          first.record();
          second.record();
          first.close();
          second.close();
        });
  }

  private static void close(List<Closeable> connections) throws IOException {
    for (Closeable connection : connections) {
      connection.close();
    }
  }
}
