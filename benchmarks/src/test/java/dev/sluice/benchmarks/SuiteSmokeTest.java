package dev.sluice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.benchmarks.report.Report;
import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs each benchmark for a moment, so that none stops to work unnoticed. Figures are not looked
 * at.
 */
class SuiteSmokeTest {
  private static final String ALL = "dev\\.sluice\\.benchmarks\\.[A-Z].*";

  @TempDir private Path directory;

  @BeforeAll
  static void allowOtherBuildsOnTheMachine() {
    System.setProperty("jmh.ignoreLock", "true");
  }

  @Test
  void shouldRunEachBenchmarkAndReport() throws RunnerException, IOException {
    Assumptions.assumeTrue(Epoll.isAvailable(), "floors need Linux");
    Path json = directory.resolve("results.json");
    var results =
        new Runner(
                new OptionsBuilder()
                    .include(ALL)
                    .forks(0)
                    .warmupIterations(0)
                    .measurementIterations(1)
                    .measurementTime(TimeValue.milliseconds(5))
                    .param("viewers", "2")
                    .param("listeners", "1")
                    .param("provider", "JDK")
                    .param("profile", "AEAD_AES_128_GCM", "AES_CM_128_HMAC_SHA1_80")
                    .addProfiler(WorkerProfiler.class)
                    .resultFormat(ResultFormatType.JSON)
                    .result(json.toString())
                    .output(directory.resolve("log").toString())
                    .shouldFailOnError(true)
                    .build())
            .run();
    assertThat(results).hasSizeGreaterThan(40);
    assertThat(Report.write(json)).contains("### Egress", "resilient 2", "referenceBaseline 2");
    assertThat(Files.readString(directory.resolve("results.svg")))
        .startsWith("<svg")
        .contains("floor");
    assertThat(Files.readString(directory.resolve("results-compared.svg")))
        .startsWith("<svg")
        .contains("an access unit out", "a packet protected", "a second of RTCP");
  }
}
