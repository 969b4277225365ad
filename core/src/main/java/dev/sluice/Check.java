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
      throw new IllegalArgumentException(option + " is " + value + ", allowed is " + allowed);
    }
  }

  static void range(String option, long value, long least, long most) {
    option(value >= least && value <= most, option, value, least + " to " + most);
  }

  static void range(String option, @Nullable Duration value, Duration least, Duration most) {
    option(
        value != null && value.compareTo(least) >= 0 && value.compareTo(most) <= 0,
        option,
        value,
        least + " to " + most);
  }
}
