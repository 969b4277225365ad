/** Encoders and peers that publish over RTSP and by WHIP, from the load generator's process. */
@NullMarked
package dev.sluice.benchmarks.load.publish;

import org.jspecify.annotations.NullMarked;
