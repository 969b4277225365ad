package dev.sluice.srtp.dtls;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.TlsFatalAlert;
import org.jspecify.annotations.Nullable;

/**
 * Runs Bouncy Castle's handshake from the start over the records that are here, as far as they
 * reach. Where its blocking API would wait for the client's next flight, the run ends instead; with
 * that flight a new run repeats the former's steps, with the same {@link Ephemeral} values, and
 * goes on from there. What is repeated is cheap: neither the key nor the signature is made again.
 * So a handshake takes an executor's thread twice for a moment, and never for waiting.
 */
final class HandshakeRun implements Runnable {
  private final TlsParameters parameters;
  private final Ephemeral ephemeral;
  private final List<Fingerprint> clientFingerprints;
  private final List<byte[]> inbound;
  private final Runnable wakeUp;
  private volatile boolean cancelled;
  private volatile @Nullable Outcome outcome;

  HandshakeRun(
      TlsParameters parameters,
      Ephemeral ephemeral,
      List<Fingerprint> clientFingerprints,
      List<byte[]> inbound,
      Runnable wakeUp) {
    this.parameters = parameters;
    this.ephemeral = ephemeral;
    this.clientFingerprints = clientFingerprints;
    this.inbound = inbound;
    this.wakeUp = wakeUp;
  }

  @Override
  public void run() {
    if (cancelled) {
      return;
    }
    Outcome result = failed(DtlsFailure.Reason.INTERNAL, "aborted", List.of());
    try {
      result = handshake();
    } catch (RuntimeException e) {
      result = failed(DtlsFailure.Reason.INTERNAL, e.toString(), List.of());
    } finally {
      outcome = result;
      if (!cancelled) {
        wakeUp.run();
      }
    }
  }

  /** Makes a run that has not begun do nothing, and one that has keep its result to itself. */
  void cancel() {
    cancelled = true;
  }

  /** Returns the result, or null as long as there is none. */
  @Nullable Outcome outcome() {
    return outcome;
  }

  private Outcome handshake() {
    SrtpTlsServer server = new SrtpTlsServer(parameters, ephemeral, clientFingerprints);
    ScriptedTransport transport = new ScriptedTransport(inbound);
    try {
      new DTLSServerProtocol().accept(server, transport);
      return new Outcome.Connected(
          ephemeral.unsent(transport.sent()),
          server.takeKeys(),
          new Association(Objects.requireNonNull(ephemeral.crypto().cipher())));
    } catch (ScriptedTransport.Exhausted e) {
      return new Outcome.Waiting(ephemeral.unsent(transport.sent()));
    } catch (TlsFatalAlert e) {
      boolean internal = e.getAlertDescription() == AlertDescription.internal_error;
      return failed(
          internal ? DtlsFailure.Reason.INTERNAL : server.failure(),
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
