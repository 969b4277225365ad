package dev.sluice.stream;

import dev.sluice.log.PacketLog;

/** What to change at a source whose viewers find no keyframe to begin at. */
final class KeyframeAdvice {
  private static final String NONE_CAME =
      "it has sent no IDR picture for which SPS and PPS are known; have the encoder send IDR"
          + " pictures, and the parameter sets in the SDP or before each of them";
  private static final String TOO_LARGE =
      "its newest keyframe is evicted from the log; have the encoder send keyframes more often, or"
          + " raise history.maxBytes";
  private static final String TOO_OLD =
      "its newest keyframe is too old to begin at and requests for another are not answered; have"
          + " the encoder send keyframes more often, or raise history.maxCatchUp";

  private KeyframeAdvice() {}

  static String on(PacketLog log) {
    if (log.keyframes() == 0) {
      return NONE_CAME;
    }
    return log.newestKeyframe() < 0 ? TOO_LARGE : TOO_OLD;
  }
}
