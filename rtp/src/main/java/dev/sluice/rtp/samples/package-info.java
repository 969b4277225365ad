/**
 * Audio of one octet a tick of its RTP clock, without I/O: G.711 and G.722 (RFC 3551 sections 4.5.2
 * and 4.5.14). {@link dev.sluice.rtp.samples.SampleWriter} is used by one thread at a time; input
 * buffers are borrowed until the call returns.
 */
@NullMarked
package dev.sluice.rtp.samples;

import org.jspecify.annotations.NullMarked;
