package dev.sluice.check;

import org.jspecify.annotations.Nullable;

/** Says what is wrong with a configuration: the option, its value and what is allowed. */
public final class Check {

  private Check() {}

  /**
   * Refuses null.
   *
   * @param <T> of the option
   * @param option its name
   * @param value what it is set to
   * @param allowed what it may be set to
   * @return the value
   */
  public static <T> T present(String option, @Nullable T value, String allowed) {
    if (value == null) {
      throw refusal(option, null, allowed);
    }
    return value;
  }

  /**
   * Refuses what does not hold.
   *
   * @param holds whether the value is allowed
   * @param option its name
   * @param value what it is set to, which the exception quotes
   * @param allowed what it may be set to
   */
  public static void option(boolean holds, String option, @Nullable Object value, String allowed) {
    if (!holds) {
      throw refusal(option, value, allowed);
    }
  }

  /**
   * Refuses null, and what is out of a range.
   *
   * @param <T> of the option
   * @param option its name
   * @param value what it is set to
   * @param least the least that is allowed
   * @param most the greatest that is allowed
   * @return the value
   */
  public static <T extends Comparable<T>> T range(
      String option, @Nullable T value, T least, T most) {
    if (value == null || value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw refusal(option, value, least + " to " + most);
    }
    return value;
  }

  private static IllegalArgumentException refusal(
      String option, @Nullable Object value, String allowed) {
    return new IllegalArgumentException(option + " is " + value + ", allowed is " + allowed);
  }
}
