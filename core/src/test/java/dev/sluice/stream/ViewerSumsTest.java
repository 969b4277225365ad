package dev.sluice.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.Viewer;
import dev.sluice.ViewerStatistics;
import dev.sluice.ViewerTotals;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ViewerSumsTest {
  /** of now, not since the join */
  private static final Set<String> NO_COUNTERS = Set.of("estimatedBitrate", "behindLiveNanos");

  private final Map<String, Long> figures = new TreeMap<>();

  @Test
  void shouldAddUpAllThatViewersCount() throws ReflectiveOperationException {
    Viewer viewer = viewer(numbered());
    ViewerSums sums = new ViewerSums();
    sums.add(viewer);
    sums.add(viewer);
    ViewerTotals totals = sums.totals();
    for (Map.Entry<String, Long> figure : figures.entrySet()) {
      assertThat(ViewerTotals.class.getMethod(figure.getKey()).invoke(totals))
          .as(figure.getKey())
          .isEqualTo(2 * figure.getValue());
    }
  }

  private static Viewer viewer(ViewerStatistics statistics) {
    return (Viewer)
        Proxy.newProxyInstance(
            Viewer.class.getClassLoader(),
            new Class<?>[] {Viewer.class},
            (self, method, arguments) -> method.getName().equals("statistics") ? statistics : null);
  }

  /** statistics in which every counter is another number */
  private ViewerStatistics numbered() throws ReflectiveOperationException {
    RecordComponent[] components = ViewerStatistics.class.getRecordComponents();
    return ViewerStatistics.class
        .getDeclaredConstructor(
            Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new))
        .newInstance(Arrays.stream(components).map(this::value).toArray());
  }

  private @Nullable Object value(RecordComponent component) {
    Class<?> type = component.getType();
    if (type == long.class && !NO_COUNTERS.contains(component.getName())) {
      figures.put(component.getName(), figures.size() + 1L);
      return figures.get(component.getName());
    }
    if (type == Map.class) {
      return Map.of();
    }
    return type == boolean.class ? (Object) false : type.isPrimitive() ? (Object) 0 : null;
  }
}
