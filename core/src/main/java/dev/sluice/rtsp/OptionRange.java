package dev.sluice.rtsp;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** Checks options: the message names the option, its value and what is allowed. */
final class OptionRange {
  private OptionRange() {}

  static int require(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw notAllowed(option, value, least, most);
    }
    return value;
  }

  static Duration require(String option, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw notAllowed(option, value, least, most);
    }
    return value;
  }

  private static IllegalArgumentException notAllowed(
      String option, Object value, Object least, Object most) {
    return new IllegalArgumentException(
        option + " is " + value + ", allowed is " + least + " to " + most);
  }

  static Set<AuthenticationScheme> schemes(AuthenticationScheme... schemes) {
    if (schemes.length == 0) {
      throw new IllegalArgumentException("authentication is empty, allowed is at least one scheme");
    }
    return EnumSet.copyOf(Arrays.asList(schemes));
  }
}
