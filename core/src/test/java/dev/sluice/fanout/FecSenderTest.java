package dev.sluice.fanout;

import static dev.sluice.fanout.TrackSenderSetup.FRAME;
import static dev.sluice.fanout.TrackSenderSetup.MILLISECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fanout.TrackSenderSetup.Sent;
import dev.sluice.log.PacketLog;
import dev.sluice.loop.UdpPath;
import dev.sluice.rate.GccEstimator;
import dev.sluice.rate.RateLimits;
import dev.sluice.rate.UnlimitedLink;
import dev.sluice.rtp.RtpHeader;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FecSenderTest extends FanoutSetup {
  private static final int FEC_SSRC = 0xFEC;
  private static final int CAPTURE = 9;
  private static final int MEDIA_SSRC = TrackSenderSetup.NUMBERED.ssrc();
  private static final SenderParameters PLAIN = TrackSenderSetup.PLAIN.withFec(98, FEC_SSRC);
  private static final SenderParameters FULL =
      TrackSenderSetup.NUMBERED.withFec(98, FEC_SSRC).withCaptureTime(CAPTURE);

  private final Random random = new Random(5);
  private final Map<Integer, List<Sent>> sent = new HashMap<>();
  private PacketLog log;
  private int timestamp;

  private record Member(TrackSender sender, ClearTransport transport, int port) {
    void loses(double share) {
      for (int i = 0; i < 3; i++) {
        sender.fec().onReport(0, (int) (256 * share), 200 * MILLISECOND);
      }
    }
  }

  @BeforeEach
  void publish() {
    log = source();
    log.captureClock(captured -> 0x0102_0304_0506_0700L + captured, 1_100, false);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.02, 0.05})
  void shouldRestoreAnyPacketThatIsLost(double loss) {
    Member full = member(FULL);
    Member plain = member(PLAIN);
    pictures(1);
    full.loses(loss);
    plain.loses(loss);
    full.sender().acknowledged();
    pictures(60);
    assertThat(stamped(full)).isGreaterThan(1);
    for (Member member : List.of(full, plain)) {
      for (int lost : protectedBy(member, 0)) {
        assertThat(restored(member, Set.of(lost))).as("of %d", lost).isEqualTo(Set.of(lost));
      }
    }
    assertThat(protectedBy(full, 0)).hasSizeGreaterThan(media(full).size() * 4 / 5);
  }

  @Test
  void shouldRestoreABurst() {
    Member member = member(PLAIN);
    member.loses(0.05);
    pictures(40);
    int first = protectedBy(member, 20).iterator().next();
    Set<Integer> burst = Set.of(first, first + 1, first + 2, first + 3);
    assertThat(restored(member, burst)).isEqualTo(burst);
  }

  @Test
  void shouldSendNothingBeforeItIsWorthIt() {
    Member silent = member(PLAIN);
    Member near = member(PLAIN);
    near.sender().fec().onReport(0, 50, 20 * MILLISECOND);
    pictures(20);
    assertThat(repairs(silent)).isEmpty();
    assertThat(repairs(near)).isEmpty();
    silent.loses(0.05);
    pictures(20);
    assertThat(repairs(silent)).isNotEmpty();
    assertThat(repairs(near)).isEmpty();
  }

  @Test
  void shouldHaveNoFecWhereItWasNotAgreedOn() {
    assertThat(member(TrackSenderSetup.PLAIN).sender().fec()).isNull();
  }

  @Test
  void shouldCostNoMoreThanAQuarter() {
    Member member = member(PLAIN);
    member.loses(0.3);
    pictures(60);
    assertThat(repairs(member).size())
        .isBetween(media(member).size() / 6, media(member).size() / 4);
    FecSender fec = member.sender().fec();
    assertThat(fec.packets()).isEqualTo(repairs(member).size());
    long overhead = (long) ClearTransport.OVERHEAD * fec.packets();
    assertThat(fec.bytes() - overhead)
        .isEqualTo(repairs(member).stream().mapToLong(packet -> packet.bytes().length).sum());
  }

  @Test
  void shouldNumberRepairsOnTheirOwnAndTransportWideWithTheOthers() {
    Member member = member(FULL);
    member.transport().link = new ViewerLink(UnlimitedLink::new, true);
    member.loses(0.05);
    pictures(40);
    List<Sent> repairs = repairs(member);
    for (int i = 0; i < repairs.size(); i++) {
      assertThat(repairs.get(i).sequence()).isEqualTo(repairs.get(0).sequence() + i);
      assertThat(repairs.get(i).payloadType()).isEqualTo(98);
    }
    assertThat(sent.get(member.port()).stream().map(Sent::transportSequence))
        .isEqualTo(IntStream.range(0, sent.get(member.port()).size()).boxed().toList());
  }

  @Test
  void shouldFollowWhatItProtects() {
    Member member = member(PLAIN);
    member.loses(0.05);
    pictures(40);
    Set<Integer> seen = new HashSet<>();
    for (Sent packet : sent.get(member.port())) {
      if (packet.ssrc() == FEC_SSRC) {
        assertThat(seen).containsAll(FecReceiver.protectedBy(packet.body()));
      }
      seen.add(packet.sequence());
    }
  }

  @Test
  void shouldNotProtectWhatTheViewerWasNotSent() {
    pictures(3);
    Member late = member(PLAIN);
    late.loses(0.05);
    pictures(1);
    late.sender().headers().skip(late.sender().position());
    pictures(30);
    int first = media(late).get(0).sequence();
    assertThat(protectedBy(late, 0)).isNotEmpty().allMatch(sequence -> sequence >= first);
    assertThat(restored(late, Set.of())).isEmpty();
  }

  @Test
  void shouldGoOnWithAnotherPublisher() {
    Member member = member(PLAIN);
    member.loses(0.05);
    pictures(20);
    leave(log);
    publish();
    int before = repairs(member).size();
    pictures(20);
    assertThat(repairs(member)).hasSizeGreaterThan(before);
    for (int lost : protectedBy(member, 0)) {
      assertThat(restored(member, Set.of(lost))).isEqualTo(Set.of(lost));
    }
  }

  @Test
  void shouldLeaveAFullLinkAlone() {
    Member member = member(PLAIN);
    ViewerLink link =
        new ViewerLink(() -> new GccEstimator(new RateLimits(50_000, 50_000, 50_000)), false);
    member.transport().link = link;
    pictures(20);
    link.onReceiverReport(now, 0, 200 * MILLISECOND);
    member.loses(0.05);
    assertThat(member.sender().fec().isNeeded()).isFalse();
  }

  private Member member(SenderParameters parameters) {
    int port = 6_000 + sent.size();
    sent.put(port, new ArrayList<>());
    ClearTransport transport =
        new ClearTransport(new UdpPath(socket, new InetSocketAddress("127.0.0.1", port)));
    TrackSender sender =
        new TrackSender(
            transport,
            track,
            parameters,
            new Retransmitter(null, null, parameters, 0),
            new StartRule(true, Long.MAX_VALUE),
            TrackSenderSetup.FIRST_SEQUENCE,
            TrackSenderSetup.FIRST_TIMESTAMP);
    fanout.add(sender);
    runTasks();
    return new Member(sender, transport, port);
  }

  /** of random size and content; the first one of a log is a keyframe */
  private void pictures(int count) {
    for (int i = 0; i < count; i++) {
      now += FRAME;
      timestamp += 3_000;
      picture();
      track.wake();
      runTasks();
      passSpan();
      collect();
    }
  }

  private void picture() {
    log.now(now);
    long first = log.position();
    int packets = 1 + random.nextInt(12);
    for (int i = 0; i < packets; i++) {
      byte[] payload = new byte[1 + random.nextInt(1_100)];
      random.nextBytes(payload);
      log.open(payload.length);
      System.arraycopy(payload, 0, log.array(), log.offset(), payload.length);
      log.commit(payload.length, timestamp, i == packets - 1);
    }
    if (first == 0) {
      log.keyframe(first);
    }
    log.publish();
  }

  private void collect() {
    egress.flush();
    for (DatagramPacket packet = channel.readOutbound();
        packet != null;
        packet = channel.readOutbound()) {
      sent.get(packet.recipient().getPort()).add(Sent.of(packet));
      packet.release();
    }
  }

  private List<Sent> repairs(Member member) {
    return sent.get(member.port()).stream().filter(packet -> packet.ssrc() == FEC_SSRC).toList();
  }

  private List<Sent> media(Member member) {
    return sent.get(member.port()).stream().filter(packet -> packet.ssrc() == MEDIA_SSRC).toList();
  }

  private long stamped(Member member) {
    return media(member).stream().filter(packet -> packet.extension(CAPTURE) != null).count();
  }

  private List<Integer> protectedBy(Member member, int skipped) {
    return repairs(member).stream()
        .flatMap(packet -> FecReceiver.protectedBy(packet.body()).stream())
        .sorted()
        .skip(skipped)
        .toList();
  }

  /** what is restored, each as it was sent, where some of what was sent does not come */
  private Set<Integer> restored(Member member, Set<Integer> lost) {
    int transportExtension = member.sender().parameters().transportExtension();
    FecReceiver receiver = new FecReceiver(transportExtension);
    FecReceiver original = new FecReceiver(transportExtension);
    Set<Integer> sequences = new HashSet<>();
    for (Sent packet : sent.get(member.port())) {
      if (packet.ssrc() == FEC_SSRC) {
        for (byte[] bytes : receiver.onRepair(packet.body())) {
          int sequence = RtpHeader.sequenceNumber(bytes, 0);
          assertThat(bytes).isEqualTo(original.packet(sequence));
          sequences.add(sequence);
        }
      } else {
        original.onMedia(packet.bytes());
        if (!lost.contains(packet.sequence())) {
          receiver.onMedia(packet.bytes());
        }
      }
    }
    return sequences;
  }
}
