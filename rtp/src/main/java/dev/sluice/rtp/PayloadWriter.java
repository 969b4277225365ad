package dev.sluice.rtp;

/**
 * Where a payload format puts the RTP payloads it makes: the writing end of a packet log.
 *
 * <p>A payload is written in place: {@link #open} makes room, the caller fills {@link #array()}
 * from {@link #offset()}, and {@link #commit} appends the packet. A packet may stay open while
 * further input arrives, so a payload can be collected from several input packets without a join
 * buffer.
 *
 * <p>Used by one thread at a time. The array is borrowed until the packet is committed or
 * discarded.
 */
public interface PayloadWriter {

  /**
   * Opens the next packet.
   *
   * @param capacity the largest payload, in bytes, that will be committed
   */
  void open(int capacity);

  /** {@return the array that holds the open packet; it may differ from one packet to the next} */
  byte[] array();

  /** {@return the index in {@link #array()} of the first payload byte of the open packet} */
  int offset();

  /**
   * Appends the open packet.
   *
   * @param length payload length in bytes, at most the capacity given to {@link #open}
   * @param timestamp RTP timestamp of the source, in ticks of the payload's clock
   * @param marker the RTP marker bit
   */
  void commit(int length, int timestamp, boolean marker);

  /** Drops the open packet, if there is one. Nothing is appended. */
  void discard();

  /**
   * Leaves sequence numbers unused, so that receivers see that something was lost before the next
   * packet.
   *
   * @param count how many, at least 1
   */
  void skip(int count);

  /** {@return the position in the log of the open packet, or of the next one when none is open} */
  long position();

  /**
   * Declares that every decoder can start at a packet: the first packet (parameter sets included)
   * of an access unit that holds an IDR picture.
   *
   * @param position of a packet of the current access unit, committed
   */
  void keyframe(long position);

  /**
   * Declares that some decoders can start at a packet: the first one of an access unit that is
   * complete in itself but no IDR picture. Browsers do not start there.
   *
   * @param position as for {@link #keyframe}
   */
  void recoveryPoint(long position);

  /**
   * Marks the packets from a position to the end of its access unit, those that were committed and
   * those that follow. Marks given later replace earlier ones.
   *
   * @param position a position returned by {@link #position()} within the current access unit
   * @param marks of {@link PictureMarks}
   */
  void mark(long position, int marks);
}
