package dev.sluice.srtp.dtls;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * DTLS-SRTP with one peer, from ClientHello to close_notify.
 *
 * <p>Like every state machine here it does no I/O: datagrams and the time are handed in, and after
 * each call the caller sends what {@link #pollTransmit} gives and looks at {@link #status()} and
 * {@link #nextTimeout()}. It is used by one thread at a time. The costly computations happen on the
 * server's executor; a wake-up says that one is done, and {@link #handleTimeout} takes its result
 * over. Nothing that comes from the network makes a method throw.
 */
public final class DtlsSession {
  /** What {@link #nextTimeout} returns when there is nothing to wait for. */
  public static final long NO_TIMEOUT = Long.MAX_VALUE;

  private final Outbound outbound = new Outbound();
  private DtlsStatus status = DtlsStatus.NEW;
  private @Nullable Handshake handshake;
  private @Nullable Association association;
  private @Nullable SrtpKeyPair keys;
  private @Nullable DtlsFailure failure;
  private long dropped;

  DtlsSession(
      DtlsServer server, Role role, List<Fingerprint> peerFingerprints, Runnable wakeUp, long now) {
    handshake = new Handshake(server, role, peerFingerprints, wakeUp, outbound, now);
  }

  /**
   * Takes a datagram of the peer.
   *
   * @param now present time in nanoseconds
   * @param datagram array with the datagram, read only during the call
   * @param offset where it begins
   * @param length its length in bytes
   */
  public void handle(long now, byte[] datagram, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, datagram.length);
    outbound.received(length);
    int end = offset + length;
    int at = offset;
    while (at < end) {
      int recordLength = DtlsRecord.length(datagram, at, end);
      if (recordLength < 0) {
        dropped++;
        break;
      }
      if (!handleRecord(now, datagram, at, recordLength)) {
        dropped++;
      }
      at += recordLength;
    }
    advance(now);
  }

  private boolean handleRecord(long now, byte[] buffer, int offset, int length) {
    int epoch = DtlsRecord.epoch(buffer, offset);
    if (epoch > 1) {
      return false;
    }
    switch (DtlsRecord.type(buffer, offset)) {
      case DtlsRecord.HANDSHAKE:
        return handleHandshake(now, buffer, offset, length);
      case DtlsRecord.ALERT:
        return epoch == 0
            ? handlePlainAlert(buffer, offset, length)
            : handleProtectedAlert(now, buffer, offset, length);
      case DtlsRecord.CHANGE_CIPHER_SPEC:
        return true; // The epoch of what follows says as much.
      default:
        return false;
    }
  }

  private boolean handleHandshake(long now, byte[] buffer, int offset, int length) {
    if (handshake != null) {
      return handshake.add(buffer, offset, length);
    }
    if (association == null) {
      return false;
    }
    if (DtlsRecord.epoch(buffer, offset) == 0) {
      return true; // What goes before a repeated Finished.
    }
    if (!association.isAuthentic(buffer, offset, length)) {
      return false;
    }
    outbound.repeatToProved(now); // The peer has sent its Finished again, so ours was lost.
    return true;
  }

  /** Before the handshake is complete alerts are not authentic, but the only way to tell. */
  private boolean handlePlainAlert(byte[] buffer, int offset, int length) {
    if (status != DtlsStatus.HANDSHAKING || length != Alert.RECORD_LENGTH) {
      return false;
    }
    if (Alert.isCloseNotify(buffer, offset)) {
      end(DtlsStatus.CLOSED);
    } else if (Alert.isFatal(buffer, offset)) {
      fail(new DtlsFailure(DtlsFailure.Reason.PEER_ALERT, Alert.name(buffer, offset)));
    }
    return true;
  }

  private boolean handleProtectedAlert(long now, byte[] buffer, int offset, int length) {
    if (association == null) {
      return false;
    }
    if (association.isEndedBy(buffer, offset, length)) {
      close(now);
    }
    return true;
  }

  /**
   * Takes note of whether the peer is known to receive at the address that is sent to. While it is
   * not, an active side does not begin, and the flight of a passive one is sent again only within
   * three times the bytes that have come, lest a forged address be flooded; where that held it back
   * it is sent with the proof.
   *
   * @param now present time in nanoseconds
   * @param proved whether it is, at this moment; false before the first call
   */
  public void addressProved(long now, boolean proved) {
    outbound.addressProved(now, proved);
    if (proved && handshake != null) {
      handshake.begin();
      advance(now);
    }
  }

  /**
   * Whether our flight waits for the proof of the peer's address to be sent, or sent again.
   *
   * @return true until {@link #addressProved} says so, or more has come
   */
  public boolean isProofWanted() {
    return handshake != null && (!handshake.mayBegin() || outbound.isProofWanted());
  }

  /**
   * Does what is due at this time, and takes over the result of a computation that is done. It does
   * no harm to call it without need.
   *
   * @param now present time in nanoseconds
   */
  public void handleTimeout(long now) {
    if (handshake != null) {
      conclude(now, handshake.handleTimeout(now));
    }
  }

  private void advance(long now) {
    if (handshake != null) {
      if (status == DtlsStatus.NEW && handshake.isStarted()) {
        status = DtlsStatus.HANDSHAKING;
      }
      conclude(now, handshake.advance(now));
    }
  }

  private void conclude(long now, @Nullable Outcome outcome) {
    if (outcome == null) {
      return;
    }
    outbound.send(now, outcome.flight());
    if (outcome instanceof Outcome.Connected connected) {
      association = connected.association();
      keys = connected.keys();
      endHandshake();
      status = DtlsStatus.CONNECTED;
    } else if (outcome instanceof Outcome.Failed failed) {
      fail(failed.failure());
    }
  }

  private void fail(DtlsFailure reason) {
    failure = reason;
    end(DtlsStatus.FAILED);
  }

  private void end(DtlsStatus last) {
    endHandshake();
    association = null;
    keys = null;
    status = last;
  }

  private void endHandshake() {
    if (handshake != null) {
      handshake.end();
    }
    handshake = null;
  }

  /**
   * Ends the association, or gives up its handshake, and lets the peer know by close_notify. The
   * alert is still to be polled. Does nothing when the association is already at its end.
   *
   * @param now present time in nanoseconds
   */
  public void close(long now) {
    if (status == DtlsStatus.FAILED || status == DtlsStatus.CLOSED) {
      return;
    }
    if (association != null) {
      outbound.send(now, List.of(association.closeNotify()));
    } else if (status == DtlsStatus.HANDSHAKING) {
      outbound.send(now, List.of(Alert.closeNotify()));
    }
    end(DtlsStatus.CLOSED);
  }

  /**
   * Writes the next datagram to be sent.
   *
   * @param out receives the datagram from index 0 on; at least {@link DtlsServer#MAX_DATAGRAM}
   *     bytes long
   * @return the datagram's length in bytes, or 0 when there is none
   * @throws IllegalArgumentException when {@code out} is too short
   */
  public int pollTransmit(byte[] out) {
    if (out.length < DtlsServer.MAX_DATAGRAM) {
      throw new IllegalArgumentException("out is too short");
    }
    return outbound.poll(out, DtlsServer.MAX_DATAGRAM);
  }

  /**
   * Returns when {@link #handleTimeout} is due next.
   *
   * @return a time in nanoseconds, or {@link #NO_TIMEOUT}
   */
  public long nextTimeout() {
    return handshake == null ? NO_TIMEOUT : handshake.nextTimeout();
  }

  /**
   * Returns how far the session is.
   *
   * @return the status
   */
  public DtlsStatus status() {
    return status;
  }

  /**
   * Hands the negotiated SRTP keys over. They are no longer kept here, so this works once.
   *
   * @return the keys of both directions, with their profile
   * @throws IllegalStateException unless the session is connected and its keys not taken yet
   */
  public SrtpKeyPair takeKeys() {
    SrtpKeyPair result = keys;
    if (result == null) {
      throw new IllegalStateException("there are no keys: " + status);
    }
    keys = null;
    return result;
  }

  /**
   * Returns why the handshake has failed.
   *
   * @return the failure, or null when the status is not {@link DtlsStatus#FAILED}
   */
  public @Nullable DtlsFailure failure() {
    return failure;
  }

  /**
   * Counts what was dropped of what came in: malformed, unexpected or too much.
   *
   * @return number of records, or of datagrams from the first that is not a record
   */
  public long droppedRecords() {
    return dropped;
  }

  /**
   * Counts the retransmissions.
   *
   * @return how often a flight was sent again
   */
  public long resentFlights() {
    return outbound.resent();
  }
}
