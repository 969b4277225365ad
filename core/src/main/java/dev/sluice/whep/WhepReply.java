package dev.sluice.whep;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What an endpoint says to an offer. */
sealed interface WhepReply {

  /**
   * It sends the stream.
   *
   * @param answer its SDP answer
   * @param session what is deleted to leave it; null where it does not say
   */
  record Created(String answer, @Nullable URI session) implements WhepReply {}

  /**
   * Somebody else does.
   *
   * @param target whom to ask
   */
  record Redirected(URI target) implements WhepReply {}

  /**
   * It does not.
   *
   * @param end why, and what follows
   */
  record Declined(WhepEnd end) implements WhepReply {}
}
