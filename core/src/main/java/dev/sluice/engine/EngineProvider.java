package dev.sluice.engine;

import dev.sluice.EngineConfiguration;
import dev.sluice.RelayEngine;
import dev.sluice.RelayEngineProvider;
import dev.sluice.loop.Failures;
import dev.sluice.loop.HostThread;
import dev.sluice.rehearsal.Rehearsal;
import dev.sluice.rehearsal.Stage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.NOPLogger;

/** Starts this engine, after a rehearsal if the host wants one. */
public final class EngineProvider implements RelayEngineProvider {
  private static final Logger LOG = LoggerFactory.getLogger(EngineProvider.class);

  /** Called by the service loader. */
  public EngineProvider() {}

  @Override
  public RelayEngine start(EngineConfiguration configuration) {
    return HostThread.leavingNothing(() -> open(configuration));
  }

  private static Engine open(EngineConfiguration configuration) {
    Engine engine = new Engine(configuration, LoggerFactory::getLogger);
    if (!configuration.session().warmUp().isZero()) {
      rehearse(configuration);
    }
    return engine;
  }

  /** on an engine that nobody hears of; without it the first viewers only cost more */
  private static void rehearse(EngineConfiguration configuration) {
    try (Engine stage = new Engine(Stage.of(configuration), type -> NOPLogger.NOP_LOGGER)) {
      Rehearsal.play(stage, configuration.session().warmUp());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable e) {
      Failures.log(LOG, "there was no warm-up", e);
    }
  }
}
