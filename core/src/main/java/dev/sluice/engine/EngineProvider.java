package dev.sluice.engine;

import dev.sluice.EngineConfiguration;
import dev.sluice.RelayEngine;
import dev.sluice.RelayEngineProvider;
import dev.sluice.loop.HostThread;

/** Starts this engine. */
public final class EngineProvider implements RelayEngineProvider {

  /** Called by the service loader. */
  public EngineProvider() {}

  @Override
  public RelayEngine start(EngineConfiguration configuration) {
    return HostThread.leavingNothing(() -> new Engine(configuration));
  }
}
