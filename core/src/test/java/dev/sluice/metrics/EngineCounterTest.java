package dev.sluice.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.EngineStatistics;
import dev.sluice.IceTcpStatistics;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EngineCounterTest {
  private final List<Long> totals = new ArrayList<>();

  @Test
  void shouldHaveEveryTotalOnce() throws ReflectiveOperationException {
    EngineStatistics all = numbered(EngineStatistics.class);
    assertThat(EngineCounter.ALL)
        .extracting(counter -> counter.in().applyAsLong(all))
        .containsExactlyInAnyOrderElementsOf(totals);
  }

  @Test
  void shouldHaveNamesOfTheirOwn() {
    assertThat(EngineCounter.ALL).extracting(EngineCounter::meter).doesNotHaveDuplicates();
  }

  /** a record in which every total is another number */
  private <T> T numbered(Class<T> type) throws ReflectiveOperationException {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    Constructor<T> constructor = type.getDeclaredConstructor(types);
    Object[] values = new Object[types.length];
    for (int i = 0; i < types.length; i++) {
      values[i] = value(types[i]);
    }
    return constructor.newInstance(values);
  }

  private @Nullable Object value(Class<?> type) throws ReflectiveOperationException {
    if (type == long.class) {
      totals.add(totals.size() + 1L);
      return totals.get(totals.size() - 1);
    }
    if (type == int.class) {
      return 0;
    }
    if (type == boolean.class) {
      return false;
    }
    boolean counts = type.getSimpleName().endsWith("Totals") || type == IceTcpStatistics.class;
    return counts ? numbered(type) : null;
  }
}
