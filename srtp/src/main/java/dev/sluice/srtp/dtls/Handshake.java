package dev.sluice.srtp.dtls;

import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Brings the client's flights and the {@link HandshakeRun}s together, and sends our first flight
 * again until the client has answered it (RFC 6347, section 4.2.4).
 */
final class Handshake {
  private static final long FIRST_RESEND_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final long LAST_RESEND_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** Runs that the second flight may take: more than one only if a Finished was not genuine. */
  private static final int MAX_FINAL_RUNS = 8;

  private final DtlsServer server;
  private final List<Fingerprint> clientFingerprints;
  private final Runnable wakeUp;
  private final Outbound outbound;
  private final ClientFlights flights = new ClientFlights();
  private final Ephemeral ephemeral;
  private final long deadline;
  private @Nullable HandshakeRun run;
  private boolean refused;
  private boolean answered;
  private int finalRuns;
  private long resendNanos = FIRST_RESEND_NANOS;
  private long resendAt;

  Handshake(
      DtlsServer server,
      List<Fingerprint> clientFingerprints,
      Runnable wakeUp,
      Outbound outbound,
      long now) {
    this.server = server;
    this.clientFingerprints = clientFingerprints;
    this.wakeUp = wakeUp;
    this.outbound = outbound;
    ephemeral = new Ephemeral(server.parameters());
    deadline = now + server.handshakeTimeoutNanos();
  }

  /** Takes a handshake record; returns false if it is malformed, unexpected or one too many. */
  boolean add(byte[] buffer, int offset, int length) {
    if (DtlsRecord.epoch(buffer, offset) != 0) {
      return flights.isStarted() && flights.addProtected(buffer, offset, length);
    }
    return flights.addPlaintext(buffer, offset + DtlsRecord.HEADER_LENGTH, offset + length);
  }

  /** Returns whether any part of a ClientHello has come. */
  boolean isStarted() {
    return flights.isStarted();
  }

  /** Goes on as far as possible; returns the outcome if that is the end, or else null. */
  @Nullable Outcome advance(long now) {
    Outcome outcome = takeOutcome();
    if (outcome instanceof Outcome.Waiting waiting) {
      await(now, waiting.flight());
    } else if (outcome != null) {
      return outcome;
    }
    if (run != null) {
      return null;
    }
    boolean hello = flights.takeHelloArrived();
    if (!answered) {
      if (hello) {
        start(now, flights.firstFlight());
      }
    } else if (flights.isSecondFlightComplete()) {
      if (finalRuns++ == MAX_FINAL_RUNS) {
        return failed(DtlsFailure.Reason.PROTOCOL, "no Finished was genuine");
      }
      start(now, flights.bothFlights());
    } else if (hello) {
      outbound.sendAgain(now);
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

  private void await(long now, List<byte[]> flight) {
    if (!answered) {
      answered = true;
      outbound.send(now, flight);
    }
    resendAt = now + resendNanos;
  }

  private void start(long now, List<byte[]> inbound) {
    run = new HandshakeRun(server.parameters(), ephemeral, clientFingerprints, inbound, wakeUp);
    execute(now, run);
  }

  private void execute(long now, HandshakeRun task) {
    refused = false;
    try {
      server.executor().execute(task);
    } catch (RejectedExecutionException e) {
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
        outbound.sendAgain(now);
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
    return run == null ? answered : refused;
  }

  /** Gives the handshake up. */
  void cancel() {
    if (run != null) {
      run.cancel();
    }
  }

  private static Outcome failed(DtlsFailure.Reason reason, String detail) {
    return new Outcome.Failed(List.of(), new DtlsFailure(reason, detail));
  }
}
