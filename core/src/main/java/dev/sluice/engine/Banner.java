package dev.sluice.engine;

import dev.sluice.EngineHealth;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** The one line of an engine's start and the one of its end. */
final class Banner {
  private final Logger log;

  Banner(Logger log) {
    this.log = log;
  }

  void started(InetSocketAddress address, @Nullable InetSocketAddress tcp, EngineHealth health) {
    log.info(
        "Sluice {} relays on UDP {}{}: {} {} segmentation, {} event loops; Netty {}, Java {}",
        version(Banner.class),
        address,
        tcp == null ? "" : " and TCP " + tcp,
        health.transport(),
        health.segmenting() ? "with" : "without",
        health.loops().size(),
        version(Channel.class),
        Runtime.version());
  }

  void closed(InetSocketAddress address) {
    log.info("Sluice on UDP {} is closed", address);
  }

  private static String version(Class<?> type) {
    return Objects.requireNonNullElse(
        type.getPackage().getImplementationVersion(), "of unknown version");
  }
}
