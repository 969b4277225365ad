package dev.sluice.world;

import static dev.sluice.world.Network.MILLISECOND;

import dev.sluice.rtp.RtpHeader;
import java.nio.ByteBuffer;
import java.util.Random;

/**
 * An encoder of VP8 that pauses, begins anew, restarts and is taken over, pushed by the host or as
 * a peer over the network, in one encoding or in two.
 */
final class Source {
  private static final int HEADER = 10;

  private static final long FRAME = 33 * MILLISECOND;
  private static final int TICKS = 90;
  private static final int GROUP = 60;
  private static final int MOST_PACKETS = 4;
  private static final int MOST_BYTES = 900;
  private static final int LEAST_BYTES = 100;
  private static final double PAUSES = 0.001;
  private static final double ENDS = 0.001;
  private static final double TAKEN_OVER = 0.001;
  private static final double BEGINS_ANEW = 0.001;

  private final World world;
  private final int number;
  private final int encodings;
  private final Random random;
  private final int[] ssrcs;
  private final int[] sequences;
  private Uplink uplink;
  private int firstTimestamp;
  private int timestamp;
  private int frame;
  private boolean keyframeWanted;
  private long steadySince;
  private boolean up;

  Source(World world, int number, int encodings) {
    this.world = world;
    this.number = number;
    this.encodings = encodings;
    random = world.random;
    ssrcs = new int[encodings];
    sequences = new int[encodings];
    publish();
    world.network.schedule(FRAME, this::next);
  }

  String name() {
    return "stream" + number;
  }

  /** since when pictures have come without a break; -1 while none come */
  long steadySince() {
    return up && uplink.isUp() ? steadySince : -1;
  }

  private void publish() {
    Runnable onKeyframeRequest = () -> keyframeWanted = true;
    uplink =
        random.nextBoolean()
            ? new HostUplink(world, name(), encodings, onKeyframeRequest)
            : new PeerUplink(world, name(), encodings, onKeyframeRequest);
    beginAnew();
    up = true;
  }

  /** with other numbers, another time and other sources */
  private void beginAnew() {
    for (int i = 0; i < encodings; i++) {
      ssrcs[i] = random.nextInt();
      sequences[i] = random.nextInt(1 << 16);
    }
    firstTimestamp = random.nextInt();
    frame = 0;
    steadySince = world.network.now();
  }

  private void next() {
    double chance = random.nextDouble();
    if (chance < PAUSES) {
      up = false;
      world.network.schedule(random.nextInt(6_000) * MILLISECOND, this::resume);
    } else if (chance < PAUSES + ENDS) {
      up = false;
      uplink.close();
      world.network.schedule(random.nextInt(4_000) * MILLISECOND, this::restart);
    } else {
      if (chance < PAUSES + ENDS + TAKEN_OVER) {
        takeOver();
      } else if (chance < PAUSES + ENDS + TAKEN_OVER + BEGINS_ANEW) {
        beginAnew();
      }
      writeFrame();
      world.network.schedule(FRAME, this::next);
    }
  }

  /** one that is not connected yet would take over in its turn */
  private void takeOver() {
    if (!uplink.isUp()) {
      uplink.close();
    }
    publish();
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
    if (!uplink.isUp()) {
      steadySince = world.network.now();
    }
    boolean key = keyframeWanted || frame % GROUP == 0;
    keyframeWanted = false;
    timestamp = firstTimestamp + (int) (world.network.now() / MILLISECOND * TICKS);
    for (int encoding = 0; encoding < encodings; encoding++) {
      int packets = 1 + random.nextInt(MOST_PACKETS);
      for (int i = 0; i < packets; i++) {
        uplink.write(encoding, packet(encoding, key, i, i == packets - 1));
      }
    }
    uplink.flush();
    frame++;
  }

  private byte[] packet(int encoding, boolean key, int index, boolean last) {
    int most = MOST_BYTES / (1 + 2 * encoding);
    byte[] packet = new byte[RtpHeader.FIXED_LENGTH + HEADER + LEAST_BYTES + random.nextInt(most)];
    int sequence = sequences[encoding]++ & 0xFFFF;
    RtpHeader.write(packet, 0, Offer.VIDEO, last, sequence, timestamp, ssrcs[encoding]);
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
    uplink.close();
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
