package dev.sluice.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.RelayListener;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ListenersTest {
  private final List<String> heard = new ArrayList<>();

  static Stream<Method> events() {
    return Stream.of(RelayListener.class.getMethods())
        .filter(method -> !Modifier.isStatic(method.getModifiers()));
  }

  @ParameterizedTest
  @MethodSource("events")
  void shouldPassOnEveryEventToAll(Method event) throws Exception {
    Listeners listeners = new Listeners(listener("first"));
    listeners.add(listener("second"));
    Object[] arguments = Stream.of(event.getParameterTypes()).map(ListenersTest::any).toArray();
    event.invoke(listeners, arguments);
    assertThat(heard).containsExactly("first " + event.getName(), "second " + event.getName());
  }

  private RelayListener listener(String name) {
    return (RelayListener)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {RelayListener.class},
            (proxy, method, arguments) -> {
              heard.add(name + " " + method.getName());
              return null;
            });
  }

  private static Object any(Class<?> type) {
    return type == boolean.class ? Boolean.TRUE : null;
  }
}
