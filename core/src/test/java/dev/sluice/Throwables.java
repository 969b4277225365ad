package dev.sluice;

import java.io.IOException;
import java.util.stream.Stream;

/** Whatever a host's code may throw: none of it has to be declared on the JVM. */
public final class Throwables {

  private Throwables() {}

  /** {@return one of each kind} */
  public static Stream<Throwable> all() {
    return Stream.of(
        new IllegalStateException("a host's mistake"),
        new IOException("checked, and not declared"),
        new AssertionError("a host's mistake"),
        new NoClassDefFoundError("a jar that is missing"),
        new OutOfMemoryError("not really"));
  }

  /**
   * Throws without declaring.
   *
   * @param cause what
   * @return nothing
   */
  public static RuntimeException sneak(Throwable cause) {
    return Throwables.<RuntimeException>raise(cause);
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> RuntimeException raise(Throwable cause) throws T {
    throw (T) cause;
  }
}
