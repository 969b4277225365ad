package dev.sluice.signalling;

import java.util.concurrent.CompletionStage;

/** Decides who may watch a stream, or publish it. */
@FunctionalInterface
public interface Authorizer {

  /**
   * Decides about a request that makes a session (POST), or changes or ends one (PATCH, DELETE).
   * Any thread of the host's server may call it, several at a time. It need not wait: the request
   * is handled when the decision is there, on the thread that completes it. When it throws, or the
   * stage fails or has no result, the request is answered with 500.
   *
   * @param access what is asked for, and by whom
   * @return the decision
   */
  CompletionStage<Decision> authorize(Access access);
}
