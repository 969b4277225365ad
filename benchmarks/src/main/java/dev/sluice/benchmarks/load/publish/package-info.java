/** Encoders that publish over RTSP, from the load generator's process. */
@NullMarked
package dev.sluice.benchmarks.load.publish;

import org.jspecify.annotations.NullMarked;
