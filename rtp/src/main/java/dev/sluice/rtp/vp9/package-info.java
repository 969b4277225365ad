/**
 * VP9 over RTP (RFC 9628), without I/O. {@link dev.sluice.rtp.vp9.Vp9Writer} is used by one thread
 * at a time; input buffers are borrowed until the call returns.
 */
@NullMarked
package dev.sluice.rtp.vp9;

import org.jspecify.annotations.NullMarked;
