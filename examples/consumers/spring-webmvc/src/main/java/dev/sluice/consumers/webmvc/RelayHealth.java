package dev.sluice.consumers.webmvc;

import dev.sluice.EngineHealth;
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
    EngineHealth health = engine.health();
    return (health.isUp() ? Health.up() : Health.down())
        .withDetail("address", engine.localAddress().toString())
        .withDetail("transport", health.transport())
        .withDetail("segmenting", health.segmenting())
        .withDetail("loops", health.loops())
        .build();
  }
}
