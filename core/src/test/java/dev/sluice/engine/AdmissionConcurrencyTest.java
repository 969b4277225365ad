package dev.sluice.engine;

import static dev.sluice.Orders.explore;
import static dev.sluice.Orders.inParallel;
import static dev.sluice.Orders.require;

import dev.sluice.LimitExceededException;
import dev.sluice.SessionOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Peers come, connect and leave at once, in orders that are explored. */
class AdmissionConcurrencyTest {
  private static final int ORDERS = 20;

  private static Admission<String> admission(int maxViewers, int maxConnecting) {
    return new Admission<>(
        SessionOptions.DEFAULT.withMaxViewers(maxViewers).withMaxConnecting(maxConnecting));
  }

  @Test
  void shouldHaveOneOfTwoGiveWayThatComeAtOnce() {
    explore(
        ORDERS,
        () -> {
          Admission<String> admission = admission(5, 1);
          String[] evicted = new String[2];
          inParallel(
              () -> evicted[0] = admission.enter("a", "a"),
              () -> evicted[1] = admission.enter("b", "b"));
          boolean first = "b".equals(evicted[0]) && evicted[1] == null;
          boolean second = "a".equals(evicted[1]) && evicted[0] == null;
          require(first != second, "not one of both gave way");
          require(admission.all().equals(List.of(first ? "a" : "b")), "the other one is not in");
        });
  }

  @Test
  void shouldEitherKeepOrEvictWhoConnectsWhileAnotherComes() {
    explore(
        ORDERS,
        () -> {
          Admission<String> admission = admission(2, 1);
          admission.enter("a", "a");
          String[] evicted = new String[1];
          inParallel(() -> admission.connected("a"), () -> evicted[0] = admission.enter("b", "b"));
          require((admission.find("a") == null) == "a".equals(evicted[0]), "a is lost");
          require("b".equals(admission.find("b")), "b is lost");
        });
  }

  @Test
  void shouldNeverHoldMoreThanTheLimitWhereOneLeavesAndTwoCome() {
    explore(
        ORDERS,
        () -> {
          Admission<String> admission = admission(1, 1);
          admission.enter("a", "a");
          admission.connected("a");
          inParallel(
              () -> {
                admission.leave("a");
                enterIfThereIsRoom(admission, "b");
              },
              () -> enterIfThereIsRoom(admission, "c"));
          require(admission.all().size() == 1, "not one is in");
          require(admission.find("a") == null, "a is still in");
        });
  }

  private static void enterIfThereIsRoom(Admission<String> admission, String id) {
    try {
      admission.enter(id, id);
    } catch (LimitExceededException full) {
      require(admission.all().size() == 1, "refused, though there is room");
    }
  }
}
