package dev.sluice.benchmarks.load;

import dev.sluice.srtp.SrtpProfile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is run.
 *
 * @param name of the preset
 * @param streams that are published
 * @param viewers of each
 * @param kilobits a second of each stream
 * @param frameRate of each stream
 * @param publishing how they come
 * @param checked share of the viewers that read their sockets and check what comes, 0 to 1
 * @param trialSeconds with a few viewers, before anything is measured
 * @param settleSeconds from the first frame to the first look at the heap
 * @param fromStart whether it begins with a relay that has served nobody, and its first minute is
 *     measured too
 * @param warmUpSeconds with all viewers
 * @param seconds that are measured
 * @param rounds in which the variants take turns
 * @param viewerLoops event loops of the viewers
 * @param floor whether the floor is measured too, after each round
 * @param profiles where CPU profiles go; null for none
 * @param jvmFlags of the relay
 * @param srtpProfiles what viewers offer
 * @param variants what is compared
 */
record Scenario(
    String name,
    int streams,
    int viewers,
    int kilobits,
    int frameRate,
    Publishing publishing,
    double checked,
    double trialSeconds,
    double settleSeconds,
    boolean fromStart,
    double warmUpSeconds,
    double seconds,
    int rounds,
    int viewerLoops,
    boolean floor,
    @Nullable Path profiles,
    List<String> jvmFlags,
    List<SrtpProfile> srtpProfiles,
    List<Variant> variants) {

  /** how streams come to the relay */
  enum Publishing {
    /** a thread of the relay's host pushes them */
    PUSH,
    /** encoders in the viewers' process send them over RTSP */
    RTSP,
    /** publishing peers in the viewers' process send them over SRTP */
    WHIP,
    /** pushed, once all viewers are there, without a pace: as much as the relay takes */
    SATURATE
  }

  /**
   * Reads a scenario from its options.
   *
   * @throws IllegalArgumentException for variants that are not known
   */
  static Scenario of(String name, LoadOptions options) {
    return new Scenario(
        name,
        options.streams,
        options.viewers,
        options.kilobits,
        options.framerate,
        options.publish,
        options.checked,
        options.trial,
        options.settle,
        options.fromStart,
        options.warmup,
        options.seconds,
        options.rounds,
        options.viewerLoops,
        options.floor,
        options.profile ? options.out : null,
        List.of(options.jvm.trim().split("\\s+")),
        Arrays.stream(options.srtp.split(",")).map(SrtpProfile::valueOf).toList(),
        variants(options));
  }

  /** ours, and servers of others behind them */
  private static List<Variant> variants(LoadOptions options) {
    return Stream.concat(
            Variant.parseAll(options.variants, options.relayLoops).stream(),
            WhepServer.parseAll(options.servers).stream().map(Variant::of))
        .toList();
  }

  /** how streams come to the relay of a variant */
  Publishing publishing(Variant variant) {
    return variant.publishing() == null ? publishing : variant.publishing();
  }

  boolean saturated() {
    return publishing == Publishing.SATURATE;
  }

  int allViewers() {
    return streams * viewers;
  }

  /** whether that viewer is of the share that checks; the first one always is */
  boolean isChecked(int viewer) {
    return viewer == 0 || (int) (viewer * checked) > (int) ((viewer - 1) * checked);
  }
}
