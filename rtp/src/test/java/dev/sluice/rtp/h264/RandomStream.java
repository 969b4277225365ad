package dev.sluice.rtp.h264;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A random H.264 stream in a random but valid packetization. */
final class RandomStream {

  private static final int[] BEFORE_PICTURE = {6, 9, 13, 14, 15, 16, 18};
  private static final int[] IN_PICTURE = {1, 1, 1, 1, 2, 3, 4, 5, 10, 19, 20, 23};

  /**
   * @param firstNal index of the first NAL unit of which the payload has a part
   * @param lastNal index of the last one
   * @param start whether it begins with the beginning of a NAL unit
   * @param end whether it ends with the end of one
   * @param last whether it is the last of its access unit
   */
  record Payload(
      byte[] bytes,
      int timestamp,
      int firstNal,
      int lastNal,
      boolean start,
      boolean end,
      boolean last) {}

  final List<byte[]> nals = new ArrayList<>();
  final List<Integer> timestamps = new ArrayList<>();
  final List<Payload> payloads = new ArrayList<>();
  private final Random random;
  private final int largestPayload;
  private int firstSlice;

  RandomStream(Random random, int accessUnits, int largestPayload) {
    this.random = random;
    this.largestPayload = largestPayload;
    int timestamp = random.nextInt();
    for (int i = 0; i < accessUnits; i++) {
      addAccessUnit(timestamp);
      timestamp += 1 + random.nextInt(9000);
    }
  }

  boolean isLastOfUnit(int nal) {
    return nal + 1 == nals.size() || !timestamps.get(nal).equals(timestamps.get(nal + 1));
  }

  private void addAccessUnit(int timestamp) {
    int first = nals.size();
    int before = random.nextInt(3);
    for (int i = 0; i < before; i++) {
      add(BEFORE_PICTURE[random.nextInt(BEFORE_PICTURE.length)], timestamp);
    }
    firstSlice = nals.size();
    add(random.nextInt(8) == 0 ? NalUnit.IDR : NalUnit.SLICE, timestamp);
    int more = random.nextInt(4);
    for (int i = 0; i < more; i++) {
      add(IN_PICTURE[random.nextInt(IN_PICTURE.length)], timestamp);
    }
    packetize(first, nals.size(), timestamp);
  }

  private void add(int type, int timestamp) {
    int size = 2 + random.nextInt(random.nextInt(3) == 0 ? 6000 : 120);
    byte[] nal = Nals.bytes(random, type == NalUnit.END_OF_SEQUENCE ? 1 : size);
    nal[0] = (byte) (random.nextInt(4) << 5 | type);
    if (NalUnit.hasSliceHeader(type)) {
      boolean first = nals.size() == firstSlice;
      nal[1] = (byte) (first ? nal[1] | 0x80 : nal[1] & 0x7F | 0x40); // first_mb_in_slice 0 or not
    }
    nals.add(nal);
    timestamps.add(timestamp);
  }

  private void packetize(int from, int to, int timestamp) {
    int nal = from;
    while (nal < to) {
      byte[] bytes = nals.get(nal);
      int together = fitting(nal, to);
      if (together > 0 && random.nextBoolean()) {
        int count = 1 + random.nextInt(together);
        byte[] payload = Feed.stapA(nals.subList(nal, nal + count).toArray(byte[][]::new));
        put(payload, timestamp, nal, nal + count - 1, true, true, nal + count == to);
        nal += count;
      } else {
        if (bytes.length < 3 || bytes.length <= largestPayload && random.nextInt(3) > 0) {
          put(bytes, timestamp, nal, nal, true, true, nal + 1 == to);
        } else {
          fragment(nal, timestamp, nal + 1 == to);
        }
        nal++;
      }
    }
  }

  private int fitting(int from, int to) {
    int total = 1;
    int nal = from;
    while (nal < to && total + 2 + nals.get(nal).length <= largestPayload) {
      total += 2 + nals.get(nal++).length;
    }
    return nal - from;
  }

  private void fragment(int nal, int timestamp, boolean lastNal) {
    byte[] bytes = nals.get(nal);
    int[] cuts = cuts(bytes.length);
    for (int i = 0; i + 1 < cuts.length; i++) {
      boolean start = i == 0;
      boolean end = i + 2 == cuts.length;
      byte[] payload = Feed.fu(bytes, cuts[i], cuts[i + 1], start, end);
      put(payload, timestamp, nal, nal, start, end, lastNal && end);
    }
  }

  /** where to cut: at equal or random sizes, some fragments empty, at least two in all */
  private int[] cuts(int length) {
    int largest = largestPayload - 2;
    boolean equal = random.nextBoolean();
    List<Integer> cuts = new ArrayList<>(List.of(1));
    int at = 1;
    while (at < length) {
      at += equal ? largest : random.nextInt(largest + 1);
      cuts.add(Math.min(at, length));
    }
    if (cuts.size() == 2) {
      cuts.add(1, 1 + random.nextInt(length));
    }
    return cuts.stream().mapToInt(Integer::intValue).toArray();
  }

  private void put(
      byte[] bytes,
      int timestamp,
      int first,
      int last,
      boolean start,
      boolean end,
      boolean lastOne) {
    payloads.add(new Payload(bytes, timestamp, first, last, start, end, lastOne));
  }

  /**
   * NAL units of which every payload is among those received, without those that a picture would
   * have to follow which did not
   */
  boolean[] received(boolean[] lost) {
    boolean[] whole = new boolean[nals.size()];
    Arrays.fill(whole, true);
    for (int i = 0; i < lost.length; i++) {
      Payload payload = payloads.get(i);
      if (lost[i]) {
        Arrays.fill(whole, payload.firstNal(), payload.lastNal() + 1, false);
      }
    }
    dropWithoutPicture(whole, lost);
    return whole;
  }

  private void dropWithoutPicture(boolean[] whole, boolean[] lost) {
    int unit = 0;
    boolean picture = false;
    for (int nal = 0; nal < whole.length; nal++) {
      if (nal > 0 && isLastOfUnit(nal - 1)) {
        unit = nal;
        picture = false;
      }
      picture |= NalUnit.hasSliceHeader(NalUnit.type(nals.get(nal)[0])) && hasBegun(nal, lost);
      whole[nal] &= picture || !isOrphan(nal);
      if (!picture && (!whole[nal] || isLastOfUnit(nal))) {
        Arrays.fill(whole, unit, nal + 1, false);
      }
    }
  }

  /** what belongs to a picture whose beginning is missing is dropped where it is fragmented */
  private boolean isOrphan(int nal) {
    return NalUnit.isSliceData(NalUnit.type(nals.get(nal)[0]))
        && payloads.stream().anyMatch(p -> p.firstNal() == nal && p.start() && !p.end());
  }

  private boolean hasBegun(int nal, boolean[] lost) {
    for (int i = 0; i < lost.length; i++) {
      Payload payload = payloads.get(i);
      if (payload.firstNal() <= nal && nal <= payload.lastNal()) {
        return !lost[i];
      }
    }
    return false;
  }
}
