/**
 * RTCP: messages, compound packets, reception statistics and report scheduling, without I/O.
 *
 * <p><b>Messages.</b> One class a message, with static methods that read and write the caller's
 * bytes at an offset; nothing is copied and no object is made. {@link
 * dev.sluice.rtcp.CompoundReader} walks the messages of a received packet and stops only at those
 * whose lengths and counts hold, so that their getters cannot leave them; {@link
 * dev.sluice.rtcp.CompoundWriter} puts messages together in the caller's array. A getter called on
 * bytes that {@code isValid} did not accept gives meaningless values or throws {@link
 * java.lang.IndexOutOfBoundsException}.
 *
 * <p><b>Units.</b> Offsets and lengths are in bytes. Identifiers and timestamps (SSRC, RTP
 * timestamp, NTP timestamp) are bit patterns in an {@code int} or {@code long}; quantities that
 * fill 32 unsigned bits are a {@code long}. Sequence numbers are 0 to 65535. Times are given by the
 * caller in nanoseconds of a monotonic clock of any origin and may wrap.
 *
 * <p><b>Ownership and threads.</b> Arrays belong to the caller and are borrowed for a call, or
 * until the next {@code wrap} by the reader and the writers. Static methods may be called from any
 * thread; an instance is used by one thread at a time.
 *
 * <p><b>Errors.</b> Received bytes never cause an exception: a bad packet or message is passed over
 * and counted. Misuse throws {@link java.lang.IllegalArgumentException}, {@link
 * java.lang.IllegalStateException} or {@link java.lang.IndexOutOfBoundsException}.
 */
@NullMarked
package dev.sluice.rtcp;

import org.jspecify.annotations.NullMarked;
