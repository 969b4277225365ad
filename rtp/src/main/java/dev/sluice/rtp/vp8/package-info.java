/**
 * VP8 over RTP (RFC 7741), without I/O. {@link dev.sluice.rtp.vp8.Vp8Writer} is used by one thread
 * at a time; input buffers are borrowed until the call returns.
 */
@NullMarked
package dev.sluice.rtp.vp8;

import org.jspecify.annotations.NullMarked;
