package dev.sluice.srtp.dtls;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a {@link HandshakeRun} has ended. */
sealed interface Outcome {

  /** Returns the records to be sent, none of which has been sent before. */
  List<byte[]> flight();

  /** The client has to go on; the keys are there if only its Finished is missing. */
  record Waiting(List<byte[]> flight, @Nullable Association proposed) implements Outcome {}

  /** The handshake is complete. */
  record Connected(List<byte[]> flight, SrtpKeyPair keys, Association association)
      implements Outcome {}

  /** The handshake is over, without success. */
  record Failed(List<byte[]> flight, DtlsFailure failure) implements Outcome {}
}
