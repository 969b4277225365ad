/**
 * AV1 over RTP ("RTP Payload Format For AV1", version 1.0), without I/O. {@link
 * dev.sluice.rtp.av1.Av1Writer} is used by one thread at a time; input buffers are borrowed until
 * the call returns.
 */
@NullMarked
package dev.sluice.rtp.av1;

import org.jspecify.annotations.NullMarked;
