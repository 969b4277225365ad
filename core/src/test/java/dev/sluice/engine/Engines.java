package dev.sluice.engine;

import dev.sluice.RelayEngine;
import dev.sluice.log.SegmentPool;

/** Looks into engines. */
public final class Engines {

  private Engines() {}

  /** {@return what its logs' memory comes from} */
  public static SegmentPool segments(RelayEngine engine) {
    return ((Engine) engine).segments();
  }
}
