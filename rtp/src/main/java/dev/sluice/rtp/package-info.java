/**
 * RTP without I/O: packets and headers (RFC 3550), header extensions (RFC 8285), serial-number
 * arithmetic, reordering, and RTSP interleaved framing (RFC 2326, section 10.12).
 *
 * <p>Packets are never copied into objects. {@link dev.sluice.rtp.RtpPacket} is a reusable view of
 * a packet that came in, {@link dev.sluice.rtp.RtpHeader} reads and writes the header of one that
 * goes out, and payload formats put what they make straight into a {@link
 * dev.sluice.rtp.PayloadWriter}.
 *
 * <p>Nothing here is synchronised: an object is used by one thread at a time, and static methods by
 * any. Buffers are borrowed until a method returns, except where it says that it takes them over.
 * Time comes in as nanoseconds of any monotonic clock. Whatever the network sends, nothing throws:
 * a malformed packet makes a method say so.
 */
@NullMarked
package dev.sluice.rtp;

import org.jspecify.annotations.NullMarked;
