package dev.sluice;

import java.time.Duration;

/** Says what is wrong with a configuration: the option, its value and what is allowed. */
final class Check {

  private Check() {}

  static void option(boolean holds, String option, Object value, String allowed) {
    if (!holds) {
      throw new IllegalArgumentException(option + " is " + value + ", allowed is " + allowed);
    }
  }

  static void range(String option, long value, long least, long most) {
    option(value >= least && value <= most, option, value, least + " to " + most);
  }

  static void range(String option, Duration value, Duration least, Duration most) {
    option(
        value.compareTo(least) >= 0 && value.compareTo(most) <= 0,
        option,
        value,
        least + " to " + most);
  }
}
