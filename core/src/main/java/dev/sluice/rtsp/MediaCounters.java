package dev.sluice.rtsp;

import dev.sluice.receive.ReceiveCounters;
import java.util.concurrent.atomic.LongAdder;

/** What is counted of frames and datagrams, whichever end asked for them; by any event loop. */
final class MediaCounters {
  final ReceiveCounters received = new ReceiveCounters();
  final LongAdder interleavedFrames = new LongAdder();
  final LongAdder datagrams = new LongAdder();
  final LongAdder foreignDatagrams = new LongAdder();
}
