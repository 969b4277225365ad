package dev.sluice.srtp.dtls;

import java.io.IOException;
import org.bouncycastle.tls.DatagramTransport;

/** One side's rules of the handshake, in Bouncy Castle's types. Used for one run. */
interface TlsSide {

  /** Runs the handshake; returns when it is complete. */
  void shakeHands(DatagramTransport transport) throws IOException;

  /** Returns what came of it so far. */
  SrtpNegotiation negotiation();
}
