package dev.sluice.benchmarks.load;

import java.util.Locale;

/**
 * What a relay holds at a moment when nobody watches.
 *
 * @param minutes since the begin
 * @param heapMegabytes in use after a collection
 * @param directMegabytes of direct memory, the datagrams' pool included
 * @param threads of the process
 * @param descriptors that it has open
 * @param frames that viewers got since the sample before
 */
record SoakSample(
    double minutes,
    double heapMegabytes,
    double directMegabytes,
    int threads,
    int descriptors,
    long frames) {
  static final String HEADING = "  min   heap MB  direct MB  threads  descriptors  frames";

  String row() {
    return String.format(
        Locale.ROOT,
        "%5.1f  %8.2f  %9.2f  %7d  %11d  %6d",
        minutes,
        heapMegabytes,
        directMegabytes,
        threads,
        descriptors,
        frames);
  }
}
