package dev.sluice.world;

import static dev.sluice.world.Network.MILLISECOND;

import dev.sluice.Publisher;
import dev.sluice.PublisherContext;
import dev.sluice.RtpInput;
import dev.sluice.TrackDescription;
import dev.sluice.codec.Codec;
import dev.sluice.rtp.RtpHeader;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;

/** An encoder of VP8 that loses packets, pauses, restarts and is taken over. */
final class Source {
  private static final int HEADER = 10;

  private static final long FRAME = 33 * MILLISECOND;
  private static final int TICKS = 90;
  private static final int GROUP = 60;
  private static final int MOST_PACKETS = 4;
  private static final int MOST_BYTES = 900;
  private static final int LEAST_BYTES = 100;
  private static final double LOST = 0.002;
  private static final double PAUSES = 0.001;
  private static final double ENDS = 0.001;
  private static final double TAKEN_OVER = 0.001;

  private final World world;
  private final int number;
  private final Random random;
  private Publisher publisher;
  private RtpInput video;
  private int ssrc;
  private int sequence;
  private int firstTimestamp;
  private int timestamp;
  private int frame;
  private boolean keyframeWanted;
  private long steadySince;
  private boolean up;

  Source(World world, int number) {
    this.world = world;
    this.number = number;
    random = world.random;
    publish();
    world.network.schedule(FRAME, this::next);
  }

  String name() {
    return "stream" + number;
  }

  /** since when pictures have come without a break; -1 while none come */
  long steadySince() {
    return up ? steadySince : -1;
  }

  private void publish() {
    publisher =
        world.streams.publish(
            name(), List.of(TrackDescription.of("video", Codec.VP8)), PublisherContext.HOST);
    publisher.onKeyframeRequest(() -> keyframeWanted = true);
    video = publisher.rtp("video");
    ssrc = random.nextInt();
    sequence = random.nextInt(1 << 16);
    firstTimestamp = random.nextInt();
    frame = 0;
    steadySince = world.network.now();
    up = true;
  }

  private void next() {
    double chance = random.nextDouble();
    if (chance < PAUSES) {
      up = false;
      world.network.schedule(random.nextInt(6_000) * MILLISECOND, this::resume);
    } else if (chance < PAUSES + ENDS) {
      up = false;
      publisher.close();
      world.network.schedule(random.nextInt(4_000) * MILLISECOND, this::restart);
    } else {
      if (chance < PAUSES + ENDS + TAKEN_OVER) {
        publish();
      }
      writeFrame();
      world.network.schedule(FRAME, this::next);
    }
  }

  private void resume() {
    up = true;
    steadySince = world.network.now();
    next();
  }

  private void restart() {
    publish();
    next();
  }

  private void writeFrame() {
    boolean key = keyframeWanted || frame % GROUP == 0;
    keyframeWanted = false;
    int packets = 1 + random.nextInt(MOST_PACKETS);
    timestamp = firstTimestamp + (int) (world.network.now() / MILLISECOND * TICKS);
    for (int i = 0; i < packets; i++) {
      byte[] packet = packet(key, i, i == packets - 1);
      if (random.nextDouble() >= LOST) {
        video.writeRtp(Unpooled.wrappedBuffer(packet));
      }
    }
    video.flush();
    frame++;
  }

  private byte[] packet(boolean key, int index, boolean last) {
    byte[] packet =
        new byte[RtpHeader.FIXED_LENGTH + HEADER + LEAST_BYTES + random.nextInt(MOST_BYTES)];
    RtpHeader.write(packet, 0, Offer.VIDEO, last, sequence++ & 0xFFFF, timestamp, ssrc);
    ByteBuffer payload =
        ByteBuffer.wrap(packet, RtpHeader.FIXED_LENGTH, packet.length - RtpHeader.FIXED_LENGTH);
    payload.put((byte) (index == 0 ? 0x10 : 0)); // starts a frame
    payload.put((byte) (key && index == 0 ? 0 : 1)); // a frame tag of no keyframe
    payload.putInt(number).putInt(frame);
    return packet;
  }

  int number() {
    return number;
  }

  /** no picture comes any more */
  void end() {
    up = false;
    publisher.close();
  }

  /** whether a payload is the first of a picture */
  static boolean beginsPicture(byte[] packet, int payload) {
    return packet[payload] == 0x10;
  }

  /** which stream a payload is of */
  static int number(byte[] packet, int payload) {
    return ByteBuffer.wrap(packet).getInt(payload + 2);
  }
}
