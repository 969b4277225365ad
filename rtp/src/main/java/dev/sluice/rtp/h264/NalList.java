package dev.sluice.rtp.h264;

import java.util.Arrays;

/** Where the NAL units of a payload or access unit lie in its buffer. Reused, never shrunk. */
final class NalList {

  private int[] offsets = new int[16];
  private int[] lengths = new int[16];
  private int size;

  void clear() {
    size = 0;
  }

  void add(int offset, int length) {
    if (size == offsets.length) {
      offsets = Arrays.copyOf(offsets, size * 2);
      lengths = Arrays.copyOf(lengths, size * 2);
    }
    offsets[size] = offset;
    lengths[size] = length;
    size++;
  }

  int size() {
    return size;
  }

  int offset(int index) {
    return offsets[index];
  }

  int length(int index) {
    return lengths[index];
  }
}
