package dev.sluice;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with a configuration: the option, its value and what is allowed. */
final class Check {

  private Check() {}

  static void present(String option, @Nullable Object value, String allowed) {
    option(value != null, option, value, allowed);
  }

  static void option(boolean holds, String option, @Nullable Object value, String allowed) {
    if (!holds) {
      throw refusal(option, value, allowed);
    }
  }

  static void range(String option, long value, long least, long most) {
    if (value < least || value > most) {
      throw refusal(option, value, least + " to " + most);
    }
  }

  static void range(String option, @Nullable Duration value, Duration least, Duration most) {
    if (value == null || value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw refusal(option, value, least + " to " + most);
    }
  }

  private static IllegalArgumentException refusal(
      String option, @Nullable Object value, String allowed) {
    return new IllegalArgumentException(option + " is " + value + ", allowed is " + allowed);
  }
}
