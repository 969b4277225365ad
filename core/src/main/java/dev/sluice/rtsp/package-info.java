/**
 * RTSP 1.0 (RFC 2326): a server through which encoders publish streams to the engine and players
 * read them, and a client that pulls streams from other servers. Plain RTP by a session description
 * is received by the same means.
 *
 * <p>A publisher announces its session description (ANNOUNCE), sets up a transport for each track
 * (SETUP: RTP interleaved in the RTSP connection, or over UDP) and sends (RECORD). A player has a
 * stream described (DESCRIBE), sets it up in the same ways and has it sent (PLAY).
 *
 * <p><b>Threading.</b> A connection, its session and the session's UDP sockets belong to one event
 * loop, which is also the single writer of the published tracks. No lock is taken and no thread
 * started.
 *
 * <p><b>Ownership.</b> Media is handed to the engine as a window of the receive buffer, borrowed
 * until the call returns; nothing is copied between the socket and the engine but the rest of a
 * packet that stands at the end of a full buffer.
 */
@NullMarked
package dev.sluice.rtsp;

import org.jspecify.annotations.NullMarked;
