package dev.sluice.fanout;

import dev.sluice.log.PacketLog;
import dev.sluice.loop.PeerPath;
import dev.sluice.srtp.SrtpSender;
import dev.sluice.stream.Track;

/** What a viewer's senders share: the address, the keys and who is to be told. */
public interface SenderTransport {

  /** {@return the way that packets go} */
  PeerPath remote();

  /** {@return the link to there} */
  ViewerLink link();

  /** {@return bytes that protection adds to a packet} */
  int overhead();

  /**
   * Encrypts a packet; see {@link SrtpSender#protect}.
   *
   * @param index the SRTP index
   * @param packet holds the header and gets the packet
   * @param offset of the header
   * @param headerLength in bytes
   * @param payload holds the payload
   * @param payloadOffset of its first byte
   * @param payloadLength in bytes
   * @return the packet's length in bytes, or a negative {@link dev.sluice.srtp.SrtpStatus}
   */
  int protect(
      long index,
      byte[] packet,
      int offset,
      int headerLength,
      byte[] payload,
      int payloadOffset,
      int payloadLength);

  /**
   * A sender waits for a keyframe.
   *
   * @param track what it reads
   */
  void needKeyframe(Track track);

  /**
   * A viewer has waited for long: nothing in the log can be used.
   *
   * @param track what it reads
   * @param log of the track
   */
  void noKeyframe(Track track, PacketLog log);

  /** {@return round trip by the newest receiver report, -1 while unknown} */
  long roundTripNanos();

  /**
   * A sender sent its first complete frame.
   *
   * @param sender which
   */
  void frameSent(TrackSender sender);

  /** A sender fell behind what the log holds, and goes on at a keyframe. */
  default void fellBehind() {}

  /**
   * A sender began to leave out pictures that the viewer's link does not carry, or sends all again.
   *
   * @param thinned whether pictures are left out
   */
  void thinned(boolean thinned);

  /**
   * Nothing more can be sent: the session has to end.
   *
   * @param cause what went wrong
   */
  void failed(Throwable cause);
}
