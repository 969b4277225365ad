package dev.sluice.ice;

/** What the agents of an event loop count, see {@link IceCounters}. */
public enum IceCounter {
  /** Well-formed Binding requests. */
  REQUESTS,
  /** Requests without USERNAME or without message integrity: 400. */
  BAD_REQUESTS,
  /** Requests with a foreign username or wrong message integrity: 401. */
  AUTH_FAILURES,
  /** Requests with unknown comprehension-required attributes: 420. */
  UNKNOWN_ATTRIBUTES,
  /** Requests of a peer that holds itself for what this side is, controlled or controlling: 487. */
  ROLE_CONFLICTS,
  /** Binding indications, which keep NAT bindings alive and mean nothing else. */
  INDICATIONS,
  /** STUN responses, whether to a check of ours or not. */
  RESPONSES,
  /** STUN requests and indications of other methods, ignored. */
  UNSUPPORTED,
  /** Datagrams that are not well-formed STUN or whose FINGERPRINT is wrong, ignored. */
  MALFORMED,
  /** Remote addresses learnt from an authenticated check. */
  PAIRS_LEARNED,
  /** Remote addresses given up for newer ones, or not taken, because a session had too many. */
  PAIRS_EVICTED,
  /** Changes of a selected pair, the first selection included. */
  SELECTIONS,
  /** ICE restarts. */
  RESTARTS,
  /** Checks of our own, repetitions included. */
  CHECKS_SENT,
  /** Checks of our own that the peer answered: its address is proved. */
  CHECKS_ANSWERED,
  /** Requests that got no error answer because there had been too many of them. */
  ERRORS_WITHHELD,
  /** Requests dropped before their integrity was looked at: too many before them were forged. */
  UNVERIFIED
}
