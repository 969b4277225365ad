package dev.sluice.srtp.dtls;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.TlsFatalAlert;
import org.jspecify.annotations.Nullable;

/**
 * Runs Bouncy Castle's handshake from the start over the records that are here, as far as they
 * reach. Where its blocking API would wait for the peer's next flight, the run ends instead; with
 * that flight a new run repeats the former's steps, with the same {@link Ephemeral} values, and
 * goes on from there. What is repeated is cheap: neither the key nor the signature is made again.
 * So a server's handshake takes an executor's thread twice for a moment, a client's three times,
 * and never for waiting.
 */
final class HandshakeRun implements Runnable {

  /** What a run needs, and lets go of when it is cancelled: it may still wait for its turn long. */
  private record Task(
      Role role,
      Supplier<TlsParameters> parameters,
      Ephemeral ephemeral,
      List<Fingerprint> peerFingerprints,
      List<byte[]> inbound,
      Runnable wakeUp) {}

  private final boolean isFinal;
  private volatile @Nullable Task task;
  private volatile @Nullable Outcome outcome;

  HandshakeRun(
      Role role,
      Supplier<TlsParameters> parameters,
      Ephemeral ephemeral,
      List<Fingerprint> peerFingerprints,
      List<byte[]> inbound,
      boolean isFinal,
      Runnable wakeUp) {
    this.isFinal = isFinal;
    task = new Task(role, parameters, ephemeral, peerFingerprints, inbound, wakeUp);
  }

  /** Returns whether it goes before hellos: the peer has done its part, or it was called. */
  boolean isFinal() {
    return isFinal;
  }

  /** Whatever is thrown ends this handshake and nothing else. */
  @Override
  public void run() {
    Task current = task;
    if (current == null) {
      return;
    }
    try {
      outcome = handshake(current);
    } catch (Throwable e) {
      outcome = failed(DtlsFailure.Reason.INTERNAL, e.toString(), List.of());
    }
    if (task != null) {
      wake(current.wakeUp);
    }
  }

  /** The host's code may throw; its session then finds the outcome at its next call. */
  static void wake(Runnable wakeUp) {
    try {
      wakeUp.run();
    } catch (Throwable e) {
      // An executor's thread, or that of another session, does not end for it.
    }
  }

  /** Makes a run that has not begun do nothing, and one that has keep its result to itself. */
  void cancel() {
    task = null;
  }

  /** Returns the result, or null as long as there is none. */
  @Nullable Outcome outcome() {
    return outcome;
  }

  private static Outcome handshake(Task task) {
    Ephemeral ephemeral = task.ephemeral;
    TlsSide side = task.role.side(task.parameters.get(), ephemeral, task.peerFingerprints);
    ScriptedTransport transport = new ScriptedTransport(task.inbound);
    try {
      side.shakeHands(transport);
      return new Outcome.Connected(
          ephemeral.unsent(transport.sent()),
          side.negotiation().takeKeys(),
          Objects.requireNonNull(ephemeral.crypto().association()));
    } catch (ScriptedTransport.Exhausted e) {
      return new Outcome.Waiting(
          ephemeral.unsent(transport.sent()), ephemeral.crypto().association());
    } catch (TlsFatalAlert e) {
      boolean internal = e.getAlertDescription() == AlertDescription.internal_error;
      return failed(
          internal ? DtlsFailure.Reason.INTERNAL : side.negotiation().failure(),
          e.getCause() == null
              ? String.valueOf(e.getMessage())
              : e.getMessage() + ": " + e.getCause(),
          ephemeral.unsent(transport.sent()));
    } catch (IOException e) {
      return failed(DtlsFailure.Reason.PROTOCOL, e.toString(), List.of());
    }
  }

  private static Outcome failed(DtlsFailure.Reason reason, String detail, List<byte[]> flight) {
    return new Outcome.Failed(flight, new DtlsFailure(reason, detail));
  }
}
