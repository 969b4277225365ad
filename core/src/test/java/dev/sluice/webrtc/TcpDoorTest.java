package dev.sluice.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ice.IceCredentials;
import dev.sluice.loop.Connection;
import dev.sluice.loop.EngineClock;
import dev.sluice.loop.FrameDecoder;
import dev.sluice.loop.UdpPath;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in, in virtual time. */
class TcpDoorTest extends PeerHarness {
  private static final int MOST = 2_000;
  private static final InetSocketAddress STRANGER = new InetSocketAddress("192.0.2.1", 40_000);

  private TcpDoor door;
  private boolean provisional;

  @BeforeEach
  void open() throws Exception {
    super.open();
    door = door(MOST);
  }

  private TcpDoor door(int most) {
    return new TcpDoor(channel.eventLoop(), directory, new EngineClock(() -> now, 0), most);
  }

  @Test
  void shouldTakeAConnectionToTheSessionThatItsFirstCheckIsFor() throws Exception {
    EmbeddedChannel connection = connect(STRANGER);
    send(connection, check(local, true));
    settle(connection);
    assertThat(answers(connection)).as("the answer and our check").isPositive();
    assertThat(connection.isOpen()).isTrue();
    assertThat(directory.byAddress(STRANGER)).as("what datagrams from there are").isNull();
    for (long end = now + 2 * TcpDoor.TIME_TO_CHECK_NANOS; now < end; pass(SECOND)) {
      send(connection, check(local, true));
    }
    assertThat(connection.isOpen()).isTrue();
    assertThat(door.connections()).isEqualTo(1);
  }

  @Test
  void shouldReadWhatCameBehindTheFirstCheck() throws Exception {
    EmbeddedChannel connection = connect(STRANGER);
    byte[] check = check(local, true);
    ByteBuf both = framed(check).writeBytes(framed(check));
    connection.writeInbound(both);
    settle(connection);
    assertThat(answers(connection)).isEqualTo(2);
  }

  @Test
  void shouldLeaveTheSessionsEventLoopAloneBeforeItHasMovedThere() {
    List<String> ended = new ArrayList<>();
    loop.afterRead(() -> ended.add("read"));
    EmbeddedChannel connection = connect(STRANGER);
    connection
        .pipeline()
        .addFirst(
            new ChannelOutboundHandlerAdapter() {
              @Override
              public void deregister(ChannelHandlerContext context, ChannelPromise promise) {
                // a real one leaves its event loop only later
              }
            });
    send(connection, check(local, true));
    send(connection, check(local, true));
    assertThat(answers(connection)).isZero();
    assertThat(ended).isEmpty();
  }

  @Test
  void shouldFollowASessionThatMovesMeanwhile() {
    EmbeddedChannel otherChannel = new EmbeddedChannel();
    PeerLoop other = loop(otherChannel.eventLoop(), otherChannel);
    provisional = true;
    session = session(media, events);
    EmbeddedChannel connection = new Connection(STRANGER);
    FrameDecoder decoder = new FrameDecoder(PeerLoop.MAX_DATAGRAM);
    int length = decoder.next(framed(check(local, true)));
    TcpConnection named =
        new TcpConnection(connection, session, decoder, length, Unpooled.EMPTY_BUFFER);
    connection.pipeline().addLast(named);
    loop.handOver(session, check(local, false), PEER, other);
    channel.runPendingTasks();
    named.move();
    settle(connection);
    otherChannel.runPendingTasks();
    assertThat(session.loop()).isSameAs(other);
    assertThat(answers(connection)).isPositive();
    assertThat(connection.eventLoop()).isSameAs(otherChannel.eventLoop());
    assertThat(connection.isOpen()).isTrue();
    assertThat(loop.tcp().packetsReceived() + other.tcp().packetsReceived()).isEqualTo(1);
    otherChannel.finishAndReleaseAll();
  }

  @Override
  PeerHome home() {
    return provisional ? PeerHome.provisionally(loop) : super.home();
  }

  @Test
  void shouldCloseAConnectionWhoseFirstCheckIsForged() {
    EmbeddedChannel connection = connect(STRANGER);
    send(connection, check(new IceCredentials(local.ufrag(), "w".repeat(22)), true));
    settle(connection);
    assertThat(connection.isOpen()).isFalse();
    assertThat(events.happened).isEmpty();
  }

  @Test
  void shouldCloseTheConnectionsOfASessionThatEnds() {
    EmbeddedChannel connection = connect(STRANGER);
    send(connection, check(local, true));
    settle(connection);
    session.abandon();
    assertThat(connection.isOpen()).isFalse();
    assertThat(door.connections()).isZero();
  }

  @Test
  void shouldEndASessionThatDoesNotComeBackAfterItsConnectionWasClosed() {
    EmbeddedChannel connection = connect(STRANGER);
    send(connection, check(local, true));
    settle(connection);
    connection.pipeline().fireChannelInactive(); // close() would cancel the event loop's timers
    pass(CONNECT_TIMEOUT + SECOND);
    assertThat(events.happened).containsExactly("CONNECT_TIMEOUT");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4745", // an HTTP request
        "000c800000010000000200000003", // an RTP packet
        "0014000100002112a442000102030405060708090a0b", // a check without a user name
        "ffff"
      })
  void shouldTurnAwayAtOnceWhatIsNoCheck(String hex) {
    EmbeddedChannel connection = connect(STRANGER);
    connection.writeInbound(Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex)));
    assertThat(connection.isOpen()).isFalse();
    assertThat(door.withoutSession()).isEqualTo(1);
  }

  @Test
  void shouldBearAnyBytesAndLetTheSessionLive() {
    Random random = new Random(4_571);
    for (int i = 0; i < 2_000; i++) {
      ByteBuf bytes = framed(check(local, random.nextBoolean())).writeBytes(framed(new byte[200]));
      for (int flips = random.nextInt(4); flips > 0; flips--) {
        bytes.setByte(random.nextInt(bytes.readableBytes()), random.nextInt());
      }
      EmbeddedChannel connection = connect(STRANGER);
      while (bytes.isReadable() && connection.isOpen()) {
        int part = Math.min(bytes.readableBytes(), 1 + random.nextInt(300));
        connection.writeInbound(bytes.readBytes(part));
        settle(connection);
      }
      bytes.release();
      connection.checkException();
    }
    assertThat(events.happened).isEmpty();
    assertThat(session.knows(new UdpPath(loop.socket(), PEER))).isFalse();
    check(PEER, true);
    assertThat(session.knows(new UdpPath(loop.socket(), PEER))).isTrue();
    assertThat(door.connections()).as("paths of a session").isLessThan(100);
  }

  @Test
  void shouldTurnAwayAtOnceChecksForUnknownSessions() {
    EmbeddedChannel connection = connect(STRANGER);
    send(connection, check(IceCredentials.generate(RANDOM), true));
    assertThat(connection.isOpen()).isFalse();
  }

  @Test
  void shouldTurnAwayWhoSaysNothingForLong() {
    EmbeddedChannel first = connect(STRANGER);
    pass(SECOND);
    EmbeddedChannel second = connect(STRANGER);
    second.writeInbound(Unpooled.wrappedBuffer("\0".getBytes(StandardCharsets.US_ASCII)));
    pass(TcpDoor.TIME_TO_CHECK_NANOS - SECOND);
    assertThat(first.isOpen()).isFalse();
    assertThat(second.isOpen()).isTrue();
    pass(SECOND);
    assertThat(second.isOpen()).isFalse();
    assertThat(door.withoutSession()).isEqualTo(2);
    assertThat(door.connections()).isZero();
  }

  @Test
  void shouldKeepSomeSilentOnesOfEachAddress() {
    EmbeddedChannel other = connect(address(2));
    EmbeddedChannel oldest = connect(STRANGER);
    for (int i = 1; i < TcpDoor.MOST_STRANGERS_OF_AN_ADDRESS; i++) {
      connect(STRANGER);
    }
    assertThat(oldest.isOpen()).isTrue();
    EmbeddedChannel newest = connect(STRANGER);
    assertThat(oldest.isOpen()).isFalse();
    assertThat(newest.isOpen() && other.isOpen()).isTrue();
    assertThat(door.connections()).isEqualTo(TcpDoor.MOST_STRANGERS_OF_AN_ADDRESS + 1);
  }

  @Test
  void shouldLetAPeerInThoughOthersOfItsAddressSayNothing() {
    for (int i = 0; i < TcpDoor.MOST_STRANGERS_OF_AN_ADDRESS; i++) {
      connect(STRANGER);
    }
    EmbeddedChannel connection = connect(STRANGER);
    send(connection, check(local, true));
    settle(connection);
    assertThat(connection.isOpen()).isTrue();
    assertThat(answers(connection)).isPositive();
  }

  @Test
  void shouldAskAtOnceByDatagramWhenItsConnectionIsClosed() throws Exception {
    check(PEER, true);
    handshake();
    EmbeddedChannel connection = connect(STRANGER);
    send(connection, check(local, true));
    settle(connection);
    answerChecks(connection);
    check(PEER, false);
    received();
    connection.pipeline().fireChannelInactive();
    assertThat(received()).extracting(DatagramPacket::recipient).containsOnly(PEER);
  }

  @Test
  void shouldTurnAwayTheOldestOfTooManySilentOnes() {
    EmbeddedChannel oldest = connect(address(0));
    for (int i = 1; i < TcpDoor.MOST_STRANGERS; i++) {
      connect(address(i));
    }
    assertThat(oldest.isOpen()).isTrue();
    assertThat(connect(address(TcpDoor.MOST_STRANGERS)).isOpen()).isTrue();
    assertThat(oldest.isOpen()).isFalse();
    assertThat(door.connections()).isEqualTo(TcpDoor.MOST_STRANGERS);
  }

  @Test
  void shouldLetNobodyInBeyondTheLimitWhileAllAreOfSessions() {
    door = door(2);
    EmbeddedChannel known = connect(STRANGER);
    send(known, check(local, true));
    settle(known);
    EmbeddedChannel silent = connect(STRANGER);
    EmbeddedChannel third = connect(STRANGER);
    assertThat(silent.isOpen()).isFalse();
    send(third, check(local, true));
    settle(third);
    assertThat(connect(STRANGER).isOpen()).isFalse();
    assertThat(known.isOpen() && third.isOpen()).isTrue();
  }

  @Test
  void shouldCloseStrangersWithItself() {
    EmbeddedChannel connection = connect(STRANGER);
    door.close();
    assertThat(connection.isOpen()).isFalse();
    assertThat(connect(STRANGER).isOpen()).isFalse();
  }

  private EmbeddedChannel connect(InetSocketAddress from) {
    EmbeddedChannel connection = new Connection(from);
    connection.config().setAutoRead(false);
    connection.pipeline().addLast(door.acceptor());
    return connection;
  }

  private static InetSocketAddress address(int number) {
    return new InetSocketAddress("198.51.%d.%d".formatted(number >> 8, number & 0xFF), 40_000);
  }

  private static void send(EmbeddedChannel connection, byte[] packet) {
    connection.writeInbound(framed(packet));
  }

  private static ByteBuf framed(byte[] packet) {
    return Unpooled.buffer().writeShort(packet.length).writeBytes(packet);
  }

  private void answerChecks(EmbeddedChannel connection) {
    for (ByteBuf out = connection.readOutbound(); out != null; out = connection.readOutbound()) {
      byte[] answer = answer(ByteBufUtil.getBytes(out.skipBytes(2)));
      if (answer.length > 0) {
        send(connection, answer);
      }
      out.release();
    }
  }

  /** the connection moves to the session's event loop */
  private void settle(EmbeddedChannel connection) {
    connection.runPendingTasks();
    channel.runPendingTasks();
    connection.runPendingTasks();
  }

  /** frames that were sent */
  private static int answers(EmbeddedChannel connection) {
    int frames = 0;
    for (ByteBuf out = connection.readOutbound(); out != null; out = connection.readOutbound()) {
      byte[] frame = ByteBufUtil.getBytes(out);
      assertThat(frame.length - 2).isEqualTo(Arrays.copyOf(frame, 2)[1] & 0xFF);
      out.release();
      frames++;
    }
    return frames;
  }
}
