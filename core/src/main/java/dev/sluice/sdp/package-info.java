/**
 * The Session Description Protocol (RFC 8866) as WebRTC and RTSP peers speak it: a model with its
 * parser and writer, trickle ICE fragments (RFC 8840), and the answerer that serves peers which
 * only receive, or only send (RFC 9429, RFC 9143).
 *
 * <p>This is signalling: text in, text out. Bad text raises {@link dev.sluice.sdp.SdpException}
 * with a message that says what is wrong; every parser is bounded in size. All types are immutable
 * and safe for use by any thread. Nothing here opens a socket, starts a thread or reads a clock.
 */
@NullMarked
package dev.sluice.sdp;

import org.jspecify.annotations.NullMarked;
