package dev.sluice.engine;

import dev.sluice.NetworkOptions;
import dev.sluice.RelayEngine;
import dev.sluice.log.SegmentPool;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Makes engines, and looks into them. */
public final class Engines {

  private Engines() {}

  /** {@return an engine of default options on any port of the loopback address} */
  public static RelayEngine onLoopback(int eventLoops) {
    return RelayEngine.builder()
        .network(
            NetworkOptions.DEFAULT
                .withEventLoops(eventLoops)
                .withBindAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)))
        .build();
  }

  /** {@return what its logs' memory comes from} */
  public static SegmentPool segments(RelayEngine engine) {
    return ((Engine) engine).segments();
  }
}
