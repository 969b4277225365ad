package dev.sluice.fanout;

import dev.sluice.log.PacketLog;
import dev.sluice.loop.PeerPath;
import dev.sluice.loop.UdpPath;
import dev.sluice.loop.UdpSocket;
import dev.sluice.stream.Track;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** A viewer without encryption, so that tests can read what is sent. */
final class ClearTransport implements SenderTransport {
  static final InetSocketAddress REMOTE = new InetSocketAddress("127.0.0.1", 5_000);
  static final int OVERHEAD = 4;

  private final PeerPath remote;
  ViewerLink link = ViewerLink.unlimited();
  final List<Long> indexes = new ArrayList<>();
  final List<Throwable> failures = new ArrayList<>();
  int keyframesNeeded;
  int keyframesMissed;
  int framesSent;
  final List<Boolean> thinned = new ArrayList<>();
  long roundTripNanos = -1;

  ClearTransport(UdpSocket socket) {
    this(new UdpPath(socket, REMOTE));
  }

  ClearTransport(PeerPath remote) {
    this.remote = remote;
  }

  @Override
  public PeerPath remote() {
    return remote;
  }

  @Override
  public ViewerLink link() {
    return link;
  }

  @Override
  public int overhead() {
    return OVERHEAD;
  }

  @Override
  public int protect(
      long index,
      byte[] packet,
      int offset,
      int headerLength,
      byte[] payload,
      int payloadOffset,
      int payloadLength) {
    indexes.add(index);
    System.arraycopy(payload, payloadOffset, packet, offset + headerLength, payloadLength);
    return headerLength + payloadLength + OVERHEAD;
  }

  @Override
  public void needKeyframe(Track track) {
    keyframesNeeded++;
  }

  @Override
  public void noKeyframe(Track track, PacketLog log) {
    keyframesMissed++;
  }

  @Override
  public long roundTripNanos() {
    return roundTripNanos;
  }

  @Override
  public void frameSent(TrackSender sender) {
    framesSent++;
  }

  @Override
  public void thinned(boolean thins) {
    thinned.add(thins);
  }

  @Override
  public void failed(Throwable cause) {
    failures.add(cause);
  }
}
