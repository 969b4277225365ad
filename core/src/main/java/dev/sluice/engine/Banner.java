package dev.sluice.engine;

import dev.sluice.EngineHealth;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one line of an engine's start and the one of its end. */
final class Banner {
  private static final Logger LOG = LoggerFactory.getLogger(Banner.class);

  private Banner() {}

  static void started(
      InetSocketAddress address, @Nullable InetSocketAddress tcp, EngineHealth health) {
    LOG.info(
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

  static void closed(InetSocketAddress address) {
    LOG.info("Sluice on UDP {} is closed", address);
  }

  private static String version(Class<?> type) {
    return Objects.requireNonNullElse(
        type.getPackage().getImplementationVersion(), "of unknown version");
  }
}
