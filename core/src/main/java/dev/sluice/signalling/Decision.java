package dev.sluice.signalling;

import org.jspecify.annotations.Nullable;

/** What an authorizer says of a request. Immutable. */
public final class Decision {

  private static final Decision ALLOWED = new Decision(null, null);
  private static final Decision UNAUTHORIZED = new Decision(Problem.UNAUTHORIZED, null);
  private static final Decision FORBIDDEN = new Decision(Problem.FORBIDDEN, null);

  private final @Nullable Problem problem;
  private final @Nullable Object user;

  private Decision(@Nullable Problem problem, @Nullable Object user) {
    this.problem = problem;
    this.user = user;
  }

  /** {@return the decision to allow it, whoever it is} */
  public static Decision allow() {
    return ALLOWED;
  }

  /**
   * Allows it to a user, who becomes the {@link dev.sluice.PeerContext#attachment} of the session.
   * A session can be changed and ended only by the user it was made for.
   *
   * @param user who it is; equal on all requests of one user, such as a user's identifier
   * @return the decision
   */
  public static Decision allow(Object user) {
    return new Decision(null, user);
  }

  /** {@return the decision that nobody knows who it is: no token, or not a valid one (401)} */
  public static Decision unauthorized() {
    return UNAUTHORIZED;
  }

  /** {@return the decision that who it is may not do this (403)} */
  public static Decision forbidden() {
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
