package dev.sluice.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.sluice.ice.IceCredentials;
import dev.sluice.ice.Stun;
import dev.sluice.ice.StunWriter;
import dev.sluice.loop.Connection;
import dev.sluice.loop.EngineClock;
import dev.sluice.loop.UdpPath;
import dev.sluice.rtp.InterleavedFrames;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever comes by connections to the door, of strangers and of a peer that knows its session's
 * password: nothing is thrown, a session of others does not notice, and what is closed is gone.
 */
class TcpDoorFuzzTest {
  private static final int CHECK = 0x10;
  private static final int TIME_PASSES = 0x20;
  private static final int GOES = 0x30;
  private static final int CONNECTIONS = 4;
  private static final int MOST_CHECK = 1_000;
  private static final long TIME = 3 * PeerHarness.SECOND;

  static Stream<byte[]> events() {
    String nominating = "0024000400000001" + "802a00080000000000000001" + "00250000";
    byte[] check = event(CHECK, nominating);
    byte[] rtp = event(0, "000c" + "806000010000000a00000001");
    byte[] handshake = event(0, "0010" + "16fefd00000000000000000003010000");
    return Stream.of(
        join(check, rtp, event(TIME_PASSES, ""), check, handshake, event(GOES, "")),
        join(check, event(CHECK | 1, nominating), rtp, event(GOES, ""), event(TIME_PASSES, "")),
        join(
            event(2, "0014"),
            event(TIME_PASSES, ""),
            event(2, "000100002112a442"),
            event(3, "ffff")),
        join(event(CHECK | 3, "802900080000000000000002"), event(3, "0000" + "0001ff"), check));
  }

  private static byte[] event(int what, String hex) {
    byte[] content = HexFormat.of().parseHex(hex);
    ByteBuf event = Unpooled.buffer();
    InterleavedFrames.writeHeader(event, what, content.length);
    return ByteBufUtil.getBytes(event.writeBytes(content));
  }

  private static byte[] join(byte[]... events) {
    ByteBuf all = Unpooled.buffer();
    Stream.of(events).forEach(all::writeBytes);
    return ByteBufUtil.getBytes(all);
  }

  /** framed as in RTSP, with the channel for what happens to which connection */
  @MethodSource("events")
  @FuzzTest
  void shouldBearAnyConnections(byte @NotNull [] bytes) throws Exception {
    World world = new World();
    world.open();
    ByteBuf script = Unpooled.wrappedBuffer(bytes);
    InterleavedFrames frames = new InterleavedFrames();
    while (frames.next(script) == InterleavedFrames.Status.FRAME) {
      byte[] content = new byte[frames.length()];
      script.getBytes(frames.offset(), content);
      world.act(frames.channel() & 0x30, frames.channel() % CONNECTIONS, content);
    }
    world.end();
  }

  private static final class World extends PeerHarness {
    private static final InetSocketAddress NEIGHBOUR = new InetSocketAddress("127.0.0.1", 6_000);

    private final List<EmbeddedConnection> connections = new ArrayList<>();
    private final Events ofNeighbour = new Events();
    private TcpDoor door;
    private IceCredentials attacked;
    private Peer neighbour;

    @Override
    void openSession() throws Exception {
      super.openSession();
      attacked = local;
      local = IceCredentials.generate(RANDOM);
      SendingMedia itsMedia = new SendingMedia(settings, "cname", link);
      itsMedia.listener(ofNeighbour);
      neighbour = session(itsMedia, ofNeighbour);
      neighbour.start();
      check(NEIGHBOUR, true);
      door = new TcpDoor(channel.eventLoop(), directory, new EngineClock(() -> now, 0), 3);
      for (int i = 0; i < CONNECTIONS; i++) {
        connections.add(new EmbeddedConnection(door));
      }
    }

    void act(int what, int which, byte[] content) {
      EmbeddedConnection connection = connections.get(which);
      switch (what) {
        case TIME_PASSES -> {
          check(NEIGHBOUR, true);
          pass(TIME);
        }
        case GOES -> {
          connection.close();
          connections.set(which, new EmbeddedConnection(door));
        }
        default -> connection.send(what == CHECK ? framed(check(content)) : content, channel);
      }
      received().forEach(packet -> packet.release());
    }

    /** an authentic check with any attributes */
    private byte[] check(byte[] attributes) {
      byte[] check = new byte[MOST_CHECK + 600];
      StunWriter writer =
          new StunWriter()
              .begin(check, 0, Stun.BINDING_REQUEST, new byte[Stun.TRANSACTION_ID_LENGTH], 0)
              .username(attacked.ufrag(), REMOTE.ufrag());
      ByteBuf in = Unpooled.wrappedBuffer(attributes);
      while (in.isReadable(4) && writer.length() < MOST_CHECK) {
        int type = in.readUnsignedShort();
        byte[] value = new byte[Math.min(in.readUnsignedShort() & 0x3F, in.readableBytes())];
        in.readBytes(value);
        writer.attribute(type, value);
      }
      int length = writer.integrity(authenticator, attacked).fingerprint().length();
      return Arrays.copyOf(check, length);
    }

    private static byte[] framed(byte[] packet) {
      return ByteBufUtil.getBytes(Unpooled.buffer().writeShort(packet.length).writeBytes(packet));
    }

    void end() {
      check(NEIGHBOUR, true);
      assertThat(neighbour.knows(new UdpPath(loop.socket(), NEIGHBOUR))).isTrue();
      assertThat(ofNeighbour.happened).isEmpty();
      assertThat(door.connections()).isLessThanOrEqualTo(CONNECTIONS);
      session.abandon();
      pass(2 * TcpDoor.TIME_TO_CHECK_NANOS);
      connections.forEach(connection -> connection.settle(channel));
      assertThat(connections).noneMatch(EmbeddedConnection::isOpen);
      assertThat(door.connections()).isZero();
      received().forEach(packet -> packet.release());
      close();
    }
  }

  /** A connection from this machine to the door. */
  private static final class EmbeddedConnection {
    private final Connection channel = new Connection(new InetSocketAddress("192.0.2.1", 40_000));

    EmbeddedConnection(TcpDoor door) {
      channel.config().setAutoRead(false);
      channel.pipeline().addLast(door.acceptor());
    }

    boolean isOpen() {
      return channel.isOpen();
    }

    void send(byte[] bytes, EmbeddedChannel home) {
      if (channel.isOpen()) {
        channel.writeInbound(Unpooled.copiedBuffer(bytes));
        settle(home);
      }
    }

    /** it moves to its session's event loop; what was sent is of no interest */
    void settle(EmbeddedChannel home) {
      channel.runPendingTasks();
      home.runPendingTasks();
      channel.runPendingTasks();
      channel.checkException();
      channel.releaseOutbound();
    }

    void close() {
      channel.close();
      channel.runPendingTasks();
    }
  }
}
