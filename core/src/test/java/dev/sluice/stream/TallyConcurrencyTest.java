package dev.sluice.stream;

import static dev.sluice.Orders.explore;
import static dev.sluice.Orders.inParallel;
import static dev.sluice.Orders.require;

import org.junit.jupiter.api.Test;

/** Figures of those who leave while others add them up, in orders that are explored. */
class TallyConcurrencyTest {
  private static final int ORDERS = 20;

  private static final class Sum implements Tally.Sums<Integer, Sum> {
    int value;

    @Override
    public void add(Integer one) {
      value += one;
    }

    @Override
    public Sum copy() {
      Sum copy = new Sum();
      copy.value = value;
      return copy;
    }
  }

  @Test
  void shouldCountOnceWhomTwoThreadsCountOut() {
    explore(
        ORDERS,
        () -> {
          Tally<Integer, Sum> tally = new Tally<>(new Sum());
          tally.enter(7);
          boolean[] left = new boolean[2];
          inParallel(() -> left[0] = tally.leave(7), () -> left[1] = tally.leave(7));
          require(left[0] != left[1], "not one of both counted it out");
          require(tally.sums().value == 7, "counted " + tally.sums().value);
        });
  }

  @Test
  void shouldNeitherMissNorCountTwiceWhoLeavesMeanwhile() {
    explore(
        ORDERS,
        () -> {
          Tally<Integer, Sum> tally = new Tally<>(new Sum());
          tally.enter(7);
          int[] counted = new int[1];
          inParallel(() -> tally.leave(7), () -> counted[0] = tally.sums().value);
          require(counted[0] == 7, "counted " + counted[0]);
        });
  }
}
