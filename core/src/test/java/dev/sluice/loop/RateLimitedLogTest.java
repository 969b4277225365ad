package dev.sluice.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class RateLimitedLogTest {
  private final List<String> lines = new ArrayList<>();
  private final AtomicLong clock = new AtomicLong(-7);
  private final RateLimitedLog log = new RateLimitedLog(recorder(), clock::get);

  private Logger recorder() {
    return (Logger)
        Proxy.newProxyInstance(
            Logger.class.getClassLoader(),
            new Class<?>[] {Logger.class},
            (proxy, method, arguments) -> {
              lines.add(
                  method.getName()
                      + Arrays.deepToString(Arrays.copyOfRange(arguments, 1, arguments.length)));
              return null;
            });
  }

  @Test
  void shouldWarnAtMostOnceInTenSecondsAndCountTheRest() {
    log.warn("one");
    log.warn("two");
    log.warn("three");
    clock.addAndGet(TimeUnit.SECONDS.toNanos(10));
    log.warn("four");
    assertThat(lines).containsExactly("warn[one]", "debug[two]", "debug[three]", "warn[four, 2]");
  }

  @Test
  void shouldNotLetStrangersWriteLinesOfTheirOwn() {
    log.warn("a\r\nb\u0085c\u2028d\u202ee\u009bf" + "x".repeat(1_000));
    assertThat(lines.get(0)).startsWith("warn[a??b?c?d?e?f").hasSizeLessThan(520);
  }
}
