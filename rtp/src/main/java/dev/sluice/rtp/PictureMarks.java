package dev.sluice.rtp;

/**
 * What a packet's picture is to the others of its stream, so that a relay can leave it out: {@value
 * #BITS} bits that go with the packet in a log.
 */
public final class PictureMarks {

  /** how many bits marks take, the lowest ones of an int */
  public static final int BITS = 6;

  /** of a picture of the base layers that others may refer to, or of which nothing is known */
  public static final int NONE = 0;

  /** no other picture refers to this one: to drop it whole harms none */
  public static final int DISPOSABLE = 1 << 5;

  private static final int TEMPORAL_MASK = 7;
  private static final int SPATIAL_SHIFT = 3;
  private static final int SPATIAL_MASK = 3;

  private PictureMarks() {}

  /**
   * Marks of a layer.
   *
   * @param temporalId temporal layer, 0 to 7; a layer refers to no higher one
   * @param spatialId spatial layer, 0 to 3
   * @return the marks, to which {@link #DISPOSABLE} may be added
   */
  public static int layer(int temporalId, int spatialId) {
    return temporalId & TEMPORAL_MASK | (spatialId & SPATIAL_MASK) << SPATIAL_SHIFT;
  }

  /**
   * The temporal layer.
   *
   * @param marks marks of a packet
   * @return 0 to 7
   */
  public static int temporalId(int marks) {
    return marks & TEMPORAL_MASK;
  }

  /**
   * The spatial layer.
   *
   * @param marks marks of a packet
   * @return 0 to 3
   */
  public static int spatialId(int marks) {
    return marks >> SPATIAL_SHIFT & SPATIAL_MASK;
  }

  /**
   * Whether no other picture refers to that of the packet.
   *
   * @param marks marks of a packet
   * @return true if it can be dropped without harm
   */
  public static boolean isDisposable(int marks) {
    return (marks & DISPOSABLE) != 0;
  }
}
