package dev.sluice.fanout;

import static dev.sluice.fanout.TrackSenderSetup.MILLISECOND;

import dev.sluice.codec.Codec;
import dev.sluice.log.PacketLog;
import dev.sluice.rate.BitrateHint;
import dev.sluice.stream.Source;
import dev.sluice.stream.Track;
import dev.sluice.stream.TrackHint;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;

/** One encoding in {@link LinkedWorld}: its publisher, its log and its fan-out. */
final class LinkedPublisher {
  private static final int PAYLOAD = 1_150;

  /** headers and the tag; the bit rate of a stream counts them */
  private static final int OVERHEAD = 12 + 12 + 4;

  private static final long LEAST_HINT = 200_000;
  private static final int KEYFRAME_FACTOR = 4;
  private static final int TICKS_A_FRAME = 3_000;

  final Track track;
  final Fanout fanout;
  private PacketLog log = TrackSenderSetup.keepingLog();
  private final Random random = new Random(1);
  private final int group;
  private final int firstTimestamp;
  private final long greatestBitrate;
  private Source source;

  /** what it was told that its viewers' links carry */
  final List<Long> hints = new ArrayList<>();

  private long bitrate;
  private boolean obeys;
  private boolean keyframeAsked;
  private boolean silent;
  private boolean withoutKeyframes;
  private long measured;
  private int pictures;
  private int inGroup;

  LinkedPublisher(long bitrate, int group, int number, LinkedWorld world, Executor loop) {
    this(new Track("video", Codec.H264, 500 * MILLISECOND), bitrate, group, number, world, loop);
  }

  /** one of sound, each packet of which can be played */
  static LinkedPublisher sound(long bitrate, LinkedWorld world, Executor loop) {
    return new LinkedPublisher(new Track("audio", Codec.OPUS, 0), bitrate, 1, 0, world, loop);
  }

  private LinkedPublisher(
      Track track, long bitrate, int group, int number, LinkedWorld world, Executor loop) {
    this.track = track;
    this.group = group;
    measured = bitrate;
    pictures = number;
    firstTimestamp = 7 * number;
    greatestBitrate = bitrate;
    this.bitrate = bitrate;
    fanout = new Fanout(track, loop, world.egress(), world.pacer(), world::now);
    source = source();
  }

  private Source source() {
    Source made = track.source(log, () -> keyframeAsked = true);
    made.greatestBitrate(() -> measured);
    made.bitrate(now -> bitrate);
    return made;
  }

  /** what its input has measured of it, 0 while that is not known */
  void measured(long bitrate) {
    measured = bitrate;
  }

  /** it hears from now on what its viewers' links carry, and may send no more than that */
  LinkedPublisher listening(boolean isObedient, boolean bySlowest) {
    obeys = isObedient;
    BitrateHint none = BitrateHint.none(LEAST_HINT, bySlowest, 0);
    source.hint(new TrackHint(none, now -> bitrate, () -> true, this::hint));
    return this;
  }

  private void hint(long hint) {
    hints.add(hint);
    bitrate = obeys ? Math.min(greatestBitrate, hint) : bitrate;
  }

  long bitrate() {
    return bitrate;
  }

  private double frameBytes() {
    double share = (double) PAYLOAD / (PAYLOAD + OVERHEAD);
    return share * bitrate / 8e9 * LinkedWorld.FRAME_NANOS * group / (group - 1 + KEYFRAME_FACTOR);
  }

  /** it publishes nothing from now on, though it has not left */
  void fallSilent() {
    silent = true;
  }

  /** it publishes again, with keyframes, as one that fell silent or lost them does */
  void recover() {
    silent = false;
    withoutKeyframes = false;
    inGroup = 0;
  }

  /** no picture is a keyframe from now on, whoever asks */
  void withholdKeyframes() {
    withoutKeyframes = true;
  }

  /** another publisher takes its place, with a log of its own */
  void restart() {
    log = TrackSenderSetup.keepingLog();
    source = source();
    inGroup = 0;
  }

  void publish(long now, boolean asked) {
    if (silent) {
      return;
    }
    boolean keyframe = (inGroup == 0 || asked) && !withoutKeyframes;
    keyframeAsked = false;
    inGroup = keyframe ? 1 : (inGroup + 1) % group;
    double size = frameBytes() * (keyframe ? KEYFRAME_FACTOR : 0.8 + 0.4 * random.nextDouble());
    int packets = Math.max(1, (int) Math.ceil(size / PAYLOAD));
    Picture picture = new Picture(pictures++, packets, keyframe, now);
    log.now(now);
    long first = log.position();
    for (int i = 0; i < packets; i++) {
      int length = Math.max(Picture.LENGTH, (int) size / packets);
      log.open(length);
      picture.write(log.array(), log.offset());
      int timestamp = firstTimestamp + picture.number() * TICKS_A_FRAME;
      log.commit(length, timestamp, i == packets - 1);
    }
    if (keyframe) {
      log.keyframe(first);
    }
    log.publish();
    track.wake();
  }

  boolean isKeyframeAsked() {
    return keyframeAsked;
  }
}
