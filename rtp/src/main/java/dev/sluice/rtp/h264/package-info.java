/**
 * H.264 over RTP (RFC 6184), without I/O.
 *
 * <p>{@link dev.sluice.rtp.h264.H264Normalizer} takes the RTP payloads of a source and {@link
 * dev.sluice.rtp.h264.H264Packetizer} the access units of a host. Both write the payloads that
 * viewers get through a {@link dev.sluice.rtp.PayloadWriter}: once a stream, however many viewers
 * there are. {@link dev.sluice.rtp.h264.SequenceParameterSet}, {@link
 * dev.sluice.rtp.h264.ProfileLevelId} and {@link dev.sluice.rtp.h264.SpropParameterSets} serve the
 * negotiation.
 *
 * <p>Threads: one object is used by one thread at a time; counters may be read by any. Ownership:
 * input buffers are borrowed until the call returns, and what has to stay is copied.
 */
@NullMarked
package dev.sluice.rtp.h264;

import org.jspecify.annotations.NullMarked;
