package dev.sluice.srtp.dtls;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Brings the peer's flights and the {@link HandshakeRun}s together, and sends our newest flight
 * again until the peer has answered it (RFC 6347, section 4.2.4).
 */
final class Handshake {
  private static final long FIRST_RESEND_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final long LAST_RESEND_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** One that may meet forged records only, and one that meets an authentic one. */
  private static final int MAX_FINAL_RUNS = 2;

  /** What a handshake keeps beside the peer's messages: a key pair, our flight, run and all. */
  private static final int STATE_BYTES = 12 << 10;

  private final DtlsServer server;
  private final Role role;
  private final List<Fingerprint> peerFingerprints;
  private final Runnable wakeUp;
  private final Outbound outbound;
  private final Flights flights;
  private final long deadline;
  private @Nullable Ephemeral ephemeral;
  private @Nullable HandshakeRun run;
  private @Nullable Association proposed;
  private volatile boolean evicted;
  private boolean refused;
  private boolean sent;
  private int finalRuns;
  private long resendNanos = FIRST_RESEND_NANOS;
  private long resendAt;

  Handshake(
      DtlsServer server,
      Role role,
      List<Fingerprint> peerFingerprints,
      Runnable wakeUp,
      Outbound outbound,
      long now) {
    this.server = server;
    this.role = role;
    this.peerFingerprints = peerFingerprints;
    flights = role.peersFlights();
    this.wakeUp = wakeUp;
    this.outbound = outbound;
    deadline = now + server.handshakeTimeoutNanos();
  }

  /** Takes a handshake record; returns false if it is malformed, unexpected or one too many. */
  boolean add(byte[] buffer, int offset, int length) {
    boolean taken =
        DtlsRecord.epoch(buffer, offset) == 0
            ? flights.addPlaintext(buffer, offset + DtlsRecord.HEADER_LENGTH, offset + length)
            : mayBeFinished(buffer, offset, length) && flights.addProtected(buffer, offset, length);
    if (role == Role.SERVER && flights.isStarted() && !evicted) {
      server.pending().hold(this, STATE_BYTES + flights.memory());
    }
    return taken;
  }

  /** Once the keys are known, nothing but what is protected with them is worth another run. */
  private boolean mayBeFinished(byte[] buffer, int offset, int length) {
    return proposed == null || proposed.isAuthentic(buffer, offset, length);
  }

  /** The peer is known to receive where this is sent to: a client's handshake begins. */
  void begin() {
    flights.begin();
  }

  /** Returns whether the peer begins, or is known to receive. */
  boolean mayBegin() {
    return role == Role.SERVER || flights.isStarted();
  }

  /** Returns whether any part of a ClientHello has come, or may be made. */
  boolean isStarted() {
    return flights.isStarted();
  }

  /** Goes on as far as possible; returns the outcome if that is the end, or else null. */
  @Nullable Outcome advance(long now) {
    if (evicted) {
      return failed(DtlsFailure.Reason.OVERLOAD, "too many handshakes are under way");
    }
    Outcome outcome = takeOutcome();
    if (outcome instanceof Outcome.Waiting waiting) {
      await(now, waiting);
    } else if (outcome != null) {
      return outcome;
    }
    if (run != null) {
      return null;
    }
    boolean repeated = flights.takeRepeated();
    if (flights.isFlightWhole()) {
      if (flights.isLast() && finalRuns++ == MAX_FINAL_RUNS) {
        return failed(DtlsFailure.Reason.PROTOCOL, "no Finished was genuine");
      }
      start(now);
    } else if (repeated) {
      outbound.repeat(now);
    }
    return null;
  }

  private @Nullable Outcome takeOutcome() {
    Outcome outcome = run == null ? null : run.outcome();
    if (outcome != null) {
      run = null;
    }
    return outcome;
  }

  private void await(long now, Outcome.Waiting waiting) {
    if (!waiting.flight().isEmpty()) {
      sent = true;
      flights.answered();
      outbound.send(now, waiting.flight());
      resendNanos = FIRST_RESEND_NANOS;
    }
    proposed = waiting.proposed();
    resendAt = now + resendNanos;
  }

  private void start(long now) {
    if (ephemeral == null) {
      ephemeral = new Ephemeral(server::parameters, role);
    }
    run =
        new HandshakeRun(
            role,
            server::parameters,
            ephemeral,
            peerFingerprints,
            flights.records(),
            flights.isLast() || role == Role.CLIENT,
            wakeUp);
    execute(now, run);
  }

  private void execute(long now, HandshakeRun task) {
    refused = false;
    try {
      server.queue().add(task);
    } catch (Throwable e) { // it is full, or there is no memory for a thread: that may pass
      refused = true;
      resendAt = now + RETRY_NANOS;
    }
  }

  /** Does what is due; returns the outcome if that is the end, or else null. */
  @Nullable Outcome handleTimeout(long now) {
    Outcome outcome = advance(now);
    if (outcome != null) {
      return outcome;
    }
    if (now - deadline >= 0) {
      return failed(DtlsFailure.Reason.TIMEOUT, "the handshake took too long");
    }
    if (isTimerArmed() && now - resendAt >= 0) {
      if (refused && run != null) {
        execute(now, run);
      } else {
        outbound.repeat(now);
        resendNanos = Math.min(2 * resendNanos, LAST_RESEND_NANOS);
        resendAt = now + resendNanos;
      }
    }
    return null;
  }

  /** Returns when {@link #handleTimeout} is due next. */
  long nextTimeout() {
    return isTimerArmed() && resendAt - deadline < 0 ? resendAt : deadline;
  }

  private boolean isTimerArmed() {
    return run == null ? sent : refused;
  }

  /** Gives the handshake up in favour of newer ones; its owner is told. Any thread. */
  void evict() {
    evicted = true;
    HandshakeRun.wake(wakeUp);
  }

  /** Ends it: what is still being computed has no effect. */
  void end() {
    server.pending().release(this);
    if (run != null) {
      run.cancel();
    }
  }

  private static Outcome failed(DtlsFailure.Reason reason, String detail) {
    return new Outcome.Failed(List.of(), new DtlsFailure(reason, detail));
  }
}
