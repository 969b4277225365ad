package dev.sluice.consumers.webmvc;

import dev.sluice.EngineStatistics;
import dev.sluice.RelayEngine;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** The relay in {@code /actuator/health}. */
@Component
class RelayHealth implements HealthIndicator {
  private final RelayEngine engine;

  RelayHealth(RelayEngine engine) {
    this.engine = engine;
  }

  @Override
  public Health health() {
    EngineStatistics statistics = engine.statistics();
    return Health.up()
        .withDetail("address", engine.localAddress().toString())
        .withDetail("transport", statistics.transport())
        .withDetail("segmenting", statistics.segmenting())
        .build();
  }
}
