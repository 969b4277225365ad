package dev.sluice.consumers.webmvc;

import dev.sluice.NetworkOptions;
import dev.sluice.RelayEngine;
import dev.sluice.RelayListener;
import dev.sluice.Viewer;
import dev.sluice.examples.clip.Clip;
import dev.sluice.examples.clip.ClipPublisher;
import dev.sluice.metrics.EngineMetrics;
import dev.sluice.signalling.SignallingOptions;
import dev.sluice.whep.WhepHandler;
import io.netty.util.Version;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The engine and what uses it. Spring closes them in reverse, once the web server is done. */
@Configuration(proxyBeanMethods = false)
class RelayConfiguration {
  private static final Logger LOG = LoggerFactory.getLogger(RelayConfiguration.class);

  @Bean
  RelayEngine engine(RelayProperties properties) {
    NetworkOptions network =
        NetworkOptions.DEFAULT
            .withBindAddress(new InetSocketAddress(properties.address(), properties.port()))
            .withPublicAddresses(properties.publicAddresses());
    RelayEngine engine =
        RelayEngine.builder().network(network).listener(RelayListener.logging()).build();
    LOG.info(
        "Netty {}, {}",
        Version.identify().get("netty-transport").artifactVersion(),
        engine.statistics().transport());
    return engine;
  }

  @Bean
  WhepHandler whep(RelayEngine engine, RelayProperties properties) throws IOException {
    SignallingOptions.Builder<Viewer> options = WhepHandler.options();
    if (properties.tokenKey() != null) {
      options.authorizer(JwtAuthorizer.of(properties.tokenKey()));
    }
    return new WhepHandler(engine, options.build());
  }

  /** the relay in {@code /actuator/metrics} and {@code /actuator/prometheus} */
  @Bean
  EngineMetrics metrics(RelayEngine engine) {
    return new EngineMetrics(engine);
  }

  /** something to watch */
  @Bean
  ClipPublisher demo(RelayEngine engine) throws IOException {
    return ClipPublisher.start(engine, "demo", Clip.sample());
  }
}
