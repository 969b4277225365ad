/**
 * H.265 over RTP (RFC 7798), without I/O. {@link dev.sluice.rtp.h265.H265Writer} is used by one
 * thread at a time; input buffers are borrowed until the call returns.
 */
@NullMarked
package dev.sluice.rtp.h265;

import org.jspecify.annotations.NullMarked;
