package dev.sluice.benchmarks.load;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is run.
 *
 * @param name of the preset
 * @param streams that are published
 * @param viewers of each
 * @param kilobits a second of each stream
 * @param frameRate of each stream
 * @param rtsp whether they come over RTSP; else a thread of the relay's host pushes them
 * @param trialSeconds with a few viewers, before anything is measured
 * @param settleSeconds from the first frame to the first look at the heap
 * @param warmUpSeconds with all viewers
 * @param seconds that are measured
 * @param rounds in which the variants take turns
 * @param viewerLoops event loops of the viewers
 * @param floor whether the floor is measured too, after each round
 * @param profiles where CPU profiles go; null for none
 * @param jvmFlags of the relay
 * @param variants what is compared
 */
record Scenario(
    String name,
    int streams,
    int viewers,
    int kilobits,
    int frameRate,
    boolean rtsp,
    double trialSeconds,
    double settleSeconds,
    double warmUpSeconds,
    double seconds,
    int rounds,
    int viewerLoops,
    boolean floor,
    @Nullable Path profiles,
    List<String> jvmFlags,
    List<Variant> variants) {

  static Scenario of(String name, Settings settings) {
    return new Scenario(
        name,
        settings.number("streams"),
        settings.number("viewers"),
        settings.number("kilobits"),
        settings.number("framerate"),
        settings.text("publish").equals("rtsp"),
        settings.seconds("trial"),
        settings.seconds("settle"),
        settings.seconds("warmup"),
        settings.seconds("seconds"),
        settings.number("rounds"),
        settings.number("viewer-loops"),
        settings.flag("floor"),
        settings.flag("profile") ? Path.of(settings.text("out")) : null,
        List.of(settings.text("jvm").trim().split("\\s+")),
        Variant.parseAll(settings.text("variants"), settings.number("relay-loops")));
  }

  int allViewers() {
    return streams * viewers;
  }
}
