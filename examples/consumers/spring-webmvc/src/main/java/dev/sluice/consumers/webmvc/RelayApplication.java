package dev.sluice.consumers.webmvc;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** A relay in a Spring Boot application: WHEP on its own web server, with health and metrics. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class RelayApplication {

  /**
   * Runs until the process ends.
   *
   * @param args as Spring Boot takes them
   */
  public static void main(String[] args) {
    SpringApplication.run(RelayApplication.class, args);
  }
}
