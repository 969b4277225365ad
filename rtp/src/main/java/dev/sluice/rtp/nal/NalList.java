package dev.sluice.rtp.nal;

import java.util.Arrays;

/** Where the NAL units of a payload or access unit lie in its buffer. Reused, never shrunk. */
public final class NalList {

  private int[] offsets = new int[16];
  private int[] lengths = new int[16];
  private int size;

  /** Makes an empty list. */
  public NalList() {}

  /** Empties the list. */
  public void clear() {
    size = 0;
  }

  /**
   * Adds a NAL unit.
   *
   * @param offset its index
   * @param length in bytes
   */
  public void add(int offset, int length) {
    if (size == offsets.length) {
      offsets = Arrays.copyOf(offsets, size * 2);
      lengths = Arrays.copyOf(lengths, size * 2);
    }
    offsets[size] = offset;
    lengths[size] = length;
    size++;
  }

  /** {@return how many there are} */
  public int size() {
    return size;
  }

  /**
   * {@return where a NAL unit begins}
   *
   * @param index of the NAL unit in the list
   */
  public int offset(int index) {
    return offsets[index];
  }

  /**
   * {@return length of a NAL unit in bytes}
   *
   * @param index of the NAL unit in the list
   */
  public int length(int index) {
    return lengths[index];
  }
}
