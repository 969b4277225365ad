package dev.sluice.engine;

import dev.sluice.ice.IceCounter;
import dev.sluice.ice.IceCounters;
import dev.sluice.loop.UdpSocket;
import dev.sluice.stream.Tally;
import dev.sluice.webrtc.PeerLoop;

/** Adds up what UDP sockets count. */
final class SocketSums implements Tally.Sums<PeerLoop, SocketSums> {
  long received;
  long sent;
  long bytesSent;
  long sendErrors;
  long segmentationRefused;
  long unknownSender;
  long dropped;
  long stunMalformed;
  long stunUnauthenticated;

  @Override
  public void add(PeerLoop loop) {
    UdpSocket socket = loop.socket();
    IceCounters stun = loop.ice().counters();
    received += loop.datagramsReceived();
    sent += socket.datagramsSent();
    bytesSent += socket.bytesSent();
    sendErrors += socket.sendErrors();
    segmentationRefused += socket.segmentationRefused();
    unknownSender += loop.unknownSender();
    dropped += loop.dropped();
    stunMalformed += stun.get(IceCounter.MALFORMED);
    stunUnauthenticated += stun.get(IceCounter.AUTH_FAILURES);
  }

  @Override
  public SocketSums copy() {
    SocketSums copy = new SocketSums();
    copy.received = received;
    copy.sent = sent;
    copy.bytesSent = bytesSent;
    copy.sendErrors = sendErrors;
    copy.segmentationRefused = segmentationRefused;
    copy.unknownSender = unknownSender;
    copy.dropped = dropped;
    copy.stunMalformed = stunMalformed;
    copy.stunUnauthenticated = stunUnauthenticated;
    return copy;
  }
}
