package dev.sluice.rate;

/** Bytes, bits per second and nanoseconds. */
final class Rates {
  private static final double BITS_NANOS = 8e9;
  private static final double BYTES_A_NANO = 1 / BITS_NANOS;

  private Rates() {}

  static double bitrate(double bytes, long nanos) {
    return bytes * BITS_NANOS / nanos;
  }

  static double bytes(double bitrate, long nanos) {
    return bitrate * nanos * BYTES_A_NANO;
  }

  static double nanos(double bytes, double bitrate) {
    return bytes * BITS_NANOS / bitrate;
  }
}
