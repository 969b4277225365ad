package dev.sluice.ice;

/** What the agents of an event loop count, see {@link IceCounters}. */
public enum IceCounter {
  /** Well-formed Binding requests. */
  REQUESTS,
  /** Requests without USERNAME or without message integrity, answered with 400. */
  BAD_REQUESTS,
  /** Requests with a foreign username or wrong message integrity, answered with 401. */
  AUTH_FAILURES,
  /** Requests with unknown comprehension-required attributes, answered with 420. */
  UNKNOWN_ATTRIBUTES,
  /** Requests of a peer that holds itself for controlled too, answered with 487. */
  ROLE_CONFLICTS,
  /** Binding indications, which keep NAT bindings alive and mean nothing else. */
  INDICATIONS,
  /** STUN responses, ignored because a lite agent never asks. */
  RESPONSES,
  /** STUN requests and indications of other methods, ignored. */
  UNSUPPORTED,
  /** Datagrams that are not well-formed STUN or whose FINGERPRINT is wrong, ignored. */
  MALFORMED,
  /** Remote addresses learnt from an authenticated check. */
  PAIRS_LEARNED,
  /** Remote addresses given up for newer ones because a session had too many. */
  PAIRS_EVICTED,
  /** Changes of a selected pair, the first selection included. */
  SELECTIONS,
  /** ICE restarts. */
  RESTARTS,
  /** Remote candidates that a check could come from. */
  REMOTE_CANDIDATES,
  /** Remote candidates of no use here: host names such as {@code .local}, TCP, other components. */
  REMOTE_CANDIDATES_IGNORED,
  /** Remote candidate lines that do not follow the grammar of RFC 8839 section 5.1. */
  REMOTE_CANDIDATES_MALFORMED
}
