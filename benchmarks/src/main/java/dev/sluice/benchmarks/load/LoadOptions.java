package dev.sluice.benchmarks.load;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What a run is told; a {@link Preset} has other defaults for some of it. */
final class LoadOptions {
  private static final String TRUE = "true";

  @Option(names = "--streams", defaultValue = "1", description = "that are published")
  int streams;

  @Option(names = "--viewers", defaultValue = "1", description = "of each stream")
  int viewers;

  @Option(names = "--kilobits", defaultValue = "2000", description = "a second of each stream")
  int kilobits;

  @Option(names = "--framerate", defaultValue = "30", description = "of each stream")
  int framerate;

  @Option(
      names = "--publish",
      defaultValue = "push",
      description = "push, rtsp, whip, or saturate: as much as the relay takes")
  Scenario.Publishing publish = Scenario.Publishing.PUSH;

  @Option(
      names = "--checked",
      defaultValue = "1",
      description = "share of the viewers that check what comes, 0 to 1")
  double checked;

  @Option(
      names = "--variants",
      defaultValue = "RESILIENT",
      description =
          "what is compared, with commas, or nothing beside --servers:"
              + " SET[:report=MILLISECONDS][:loss=SHARE][:loops=COUNT][:mdns=RATE]"
              + "[:joins=RATE][:slow=COUNT][:handshakes=THREADS][:publish=HOW][:warm=SECONDS],"
              + " where SET is LOW_OVERHEAD, RESILIENT or REFERENCE_BASELINE")
  String variants = "";

  @Option(
      names = "--servers",
      defaultValue = "",
      description =
          "of others, beside the variants, with spaces: NAME|WHEP-URL|RTSP-PORT|PID, with {stream}"
              + " in the URL")
  String servers = "";

  @Option(
      names = "--srtp",
      defaultValue = "AEAD_AES_128_GCM,AES_CM_128_HMAC_SHA1_80",
      description = "what viewers offer, with commas")
  String srtp = "";

  @Option(names = "--rounds", defaultValue = "3", description = "in which variants take turns")
  int rounds;

  @Option(names = "--trial", defaultValue = "3", description = "seconds with a few viewers, first")
  double trial;

  @Option(
      names = "--settle",
      defaultValue = "3",
      description = "seconds from the first frame to the first look at the heap")
  double settle;

  @Option(names = "--warmup", defaultValue = "10", description = "seconds with all viewers")
  double warmup;

  @Option(
      names = "--from-start",
      arity = "0..1",
      defaultValue = "false",
      fallbackValue = TRUE,
      description = "no trial; seconds 0 to 10, 10 to 30 and 30 to 60 have figures of their own")
  boolean fromStart;

  @Option(names = "--seconds", defaultValue = "10", description = "that are measured")
  double seconds;

  @Option(
      names = "--floor",
      arity = "0..1",
      defaultValue = "false",
      fallbackValue = TRUE,
      description = "whether the floor is measured too, after each round")
  boolean floor;

  @Option(
      names = "--profile",
      arity = "0..1",
      defaultValue = "false",
      fallbackValue = TRUE,
      description = "whether the relay's CPU time is sampled, and summed by hot path")
  boolean profile;

  @Option(names = "--relay-loops", defaultValue = "2", description = "event loops of the relay")
  int relayLoops;

  @Option(names = "--viewer-loops", defaultValue = "1", description = "of the viewers")
  int viewerLoops;

  @Option(
      names = "--jvm",
      defaultValue = "-Xmx512m -XX:+UseSerialGC",
      description = "JVM options of the relay, in one word")
  String jvm = "";

  @Option(names = "--out", defaultValue = "target/load", description = "where the figures go")
  Path out = Path.of("");
}
