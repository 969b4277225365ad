package dev.sluice.benchmarks.load.publish;

import dev.sluice.rtp.h264.H264Packetizer;
import java.io.Closeable;
import java.io.IOException;

/** Takes one stream to the relay. */
interface Uplink extends Closeable {

  /** makes packets of access units, which go out with {@link #flush} at the latest */
  H264Packetizer packetizer();

  /** sends what waits */
  void flush() throws IOException;

  /** reads what the relay sent; returns whether it asks for a keyframe */
  boolean isKeyframeWanted() throws IOException;
}
