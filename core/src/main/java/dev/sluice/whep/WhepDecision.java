package dev.sluice.whep;

import org.jspecify.annotations.Nullable;

/** What an authorizer says of a request. Immutable. */
public final class WhepDecision {

  private static final WhepDecision ALLOWED = new WhepDecision(null, null);
  private static final WhepDecision UNAUTHORIZED = new WhepDecision(Problem.UNAUTHORIZED, null);
  private static final WhepDecision FORBIDDEN = new WhepDecision(Problem.FORBIDDEN, null);

  private final @Nullable Problem problem;
  private final @Nullable Object user;

  private WhepDecision(@Nullable Problem problem, @Nullable Object user) {
    this.problem = problem;
    this.user = user;
  }

  /** {@return the decision to allow it, whoever it is} */
  public static WhepDecision allow() {
    return ALLOWED;
  }

  /**
   * Allows it to a user, who becomes the {@link dev.sluice.ViewerContext#attachment} of the viewer.
   * A session can be changed and ended only by the user it was made for.
   *
   * @param user who it is; equal on all requests of one user, such as a user's identifier
   * @return the decision
   */
  public static WhepDecision allow(Object user) {
    return new WhepDecision(null, user);
  }

  /** {@return the decision that nobody knows who it is: no token, or not a valid one (401)} */
  public static WhepDecision unauthorized() {
    return UNAUTHORIZED;
  }

  /** {@return the decision that who it is may not do this (403)} */
  public static WhepDecision forbidden() {
    return FORBIDDEN;
  }

  /** Returns what the request is answered with, or null when it is allowed. */
  @Nullable Problem problem() {
    return problem;
  }

  @Nullable Object user() {
    return user;
  }
}
