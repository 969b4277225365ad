package dev.sluice.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OpenRequestsTest {
  private static final long MILLISECOND = 1_000_000;

  private final OpenRequests requests = new OpenRequests();
  private final Set<Integer> lacking = new TreeSet<>();

  @Test
  void shouldAskAgainAtIntervalsForWhatHasNotCome() {
    add(0, 65_535, 0, 1);
    assertThat(due(99)).isEmpty();
    assertThat(due(100)).containsExactly(65_535, 0, 1);
    lacking.remove(0);
    assertThat(due(199)).isEmpty();
    assertThat(due(200)).containsExactly(65_535, 1);
  }

  @Test
  void shouldForgetWhatIsOfNoUseAnyMore() {
    add(0, 1, 2);
    lacking.clear();
    assertThat(due(50)).isEmpty();
    lacking.addAll(Set.of(1, 2));
    assertThat(due(500)).isEmpty();
  }

  @Test
  void shouldForgetTheOldestOfTooMany() {
    int[] all = IntStream.range(0, OpenRequests.MOST).toArray();
    add(0, all);
    add(0, 1_000, 1_001);
    assertThat(due(100)).hasSize(OpenRequests.MOST).startsWith(2).endsWith(1_000, 1_001);
  }

  private void add(long milliseconds, int... numbers) {
    Arrays.stream(numbers).forEach(lacking::add);
    requests.add(numbers, numbers.length, milliseconds * MILLISECOND);
  }

  private int[] due(long milliseconds) {
    int count = requests.due(milliseconds * MILLISECOND, lacking::contains);
    return Arrays.copyOf(requests.numbers(), count);
  }
}
