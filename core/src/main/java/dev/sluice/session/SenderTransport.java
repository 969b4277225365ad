package dev.sluice.session;

import dev.sluice.srtp.SrtpSender;
import java.net.InetSocketAddress;

/** What a viewer's senders share: the address, the keys and who is to be told. */
interface SenderTransport {

  InetSocketAddress remote();

  /** bytes that protection adds to a packet */
  int overhead();

  /** see {@link SrtpSender#protect} */
  int protect(
      long index,
      byte[] packet,
      int offset,
      int headerLength,
      byte[] payload,
      int payloadOffset,
      int payloadLength);

  void needKeyframe(Track track);

  void frameSent(TrackSender sender);
}
