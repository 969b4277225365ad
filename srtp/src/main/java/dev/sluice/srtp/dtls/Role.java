package dev.sluice.srtp.dtls;

import java.util.List;

/** Which side this one is. */
enum Role {
  /** The passive one (RFC 5763, section 5). */
  SERVER {
    @Override
    Flights peersFlights() {
      return new ClientFlights();
    }

    @Override
    TlsSide side(TlsParameters parameters, Ephemeral ephemeral, List<Fingerprint> fingerprints) {
      return new SrtpTlsServer(parameters, ephemeral, fingerprints);
    }
  },

  /** The active one, which begins. */
  CLIENT {
    @Override
    Flights peersFlights() {
      return new ServerFlights();
    }

    @Override
    TlsSide side(TlsParameters parameters, Ephemeral ephemeral, List<Fingerprint> fingerprints) {
      return new SrtpTlsClient(parameters, ephemeral, fingerprints);
    }
  };

  /** Makes what collects the flights of the other side. */
  abstract Flights peersFlights();

  /** Makes the rules of this side. */
  abstract TlsSide side(
      TlsParameters parameters, Ephemeral ephemeral, List<Fingerprint> fingerprints);
}
