package dev.sluice.consumers.webmvc;

import dev.sluice.RelayEngine;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/** The relay in {@code /actuator/metrics}. */
@Component
class RelayMetrics implements MeterBinder {
  private final RelayEngine engine;

  RelayMetrics(RelayEngine engine) {
    this.engine = engine;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("sluice.viewers", engine, all -> all.statistics().viewers())
        .description("sessions of viewers")
        .register(registry);
    FunctionCounter.builder(
            "sluice.datagrams.sent", engine, all -> all.statistics().datagramsSent())
        .description("UDP datagrams given to the kernel")
        .register(registry);
  }
}
