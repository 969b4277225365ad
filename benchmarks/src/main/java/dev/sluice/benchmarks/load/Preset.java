package dev.sluice.benchmarks.load;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A question that the load profile answers: defaults of its own for {@link LoadOptions}. */
enum Preset implements IDefaultValueProvider {
  FANOUT(
      "1 stream to 100 viewers, beside the floor",
      Map.of(
          "--viewers", "100",
          "--warmup", "80",
          "--seconds", "20",
          "--rounds", "2",
          "--variants", "RESILIENT,LOW_OVERHEAD",
          "--floor", "true")),
  STREAMS(
      "64 streams over RTSP, the three option sets",
      Map.of(
          "--streams", "64",
          "--publish", "rtsp",
          "--warmup", "60",
          "--seconds", "20",
          "--rounds", "2",
          "--variants", "REFERENCE_BASELINE,LOW_OVERHEAD,RESILIENT")),
  WHIP(
      "64 streams by WHIP, beside the same over RTSP",
      Map.of(
          "--streams", "64",
          "--publish", "rtsp",
          "--warmup", "60",
          "--seconds", "20",
          "--rounds", "2",
          "--variants", "RESILIENT,RESILIENT:publish=whip")),
  LOSS(
      "2 %% of the datagrams lost on the way to the viewers",
      Map.of(
          "--viewers", "100",
          "--warmup", "40",
          "--seconds", "15",
          "--rounds", "2",
          "--variants", "RESILIENT,RESILIENT:loss=0.02")),
  SLOW(
      "100 viewers, then 20 of them behind links of half the rate",
      Map.of(
          "--viewers", "100",
          "--warmup", "40",
          "--seconds", "15",
          "--rounds", "2",
          "--variants", "RESILIENT,RESILIENT:slow=20")),
  RTCP(
      "reports each second and every three",
      Map.of(
          "--streams", "4",
          "--viewers", "10",
          "--kilobits", "300",
          "--seconds", "30",
          "--rounds", "1",
          "--variants", "RESILIENT:report=1000,RESILIENT:report=3000")),
  LOOPS(
      "as much as one and two event loops send",
      Map.of(
          "--viewers", "100",
          "--publish", "saturate",
          "--checked", "0.04",
          "--variants", "RESILIENT:loops=1,RESILIENT:loops=2")),
  JOINS(
      "viewers that come and go while ten watch",
      Map.of(
          "--viewers", "10",
          "--warmup", "20",
          "--rounds", "2",
          "--variants", "RESILIENT:joins=50,RESILIENT:joins=200")),
  START(
      "what packets cost from the first second on, with a warm-up and without",
      Map.of(
          "--viewers", "100",
          "--from-start", "true",
          "--warmup", "15",
          "--seconds", "15",
          "--rounds", "1",
          "--variants", "RESILIENT,RESILIENT:warm=10")),
  COMPARE(
      "beside other WHEP servers on this machine",
      Map.of(
          "--viewers", "100",
          "--publish", "rtsp",
          "--warmup", "40",
          "--seconds", "15",
          "--rounds", "2")),
  FREE("whatever the options say", Map.of());

  private final String description;
  private final Map<String, String> defaults;

  Preset(String description, Map<String, String> defaults) {
    this.description = description;
    this.defaults = defaults;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  String description() {
    return description;
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    return argument instanceof OptionSpec option ? defaults.get(option.longestName()) : null;
  }
}
