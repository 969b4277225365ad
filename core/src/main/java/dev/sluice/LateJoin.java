package dev.sluice;

/** Where a new viewer starts. */
public enum LateJoin {
  /**
   * At the newest keyframe that the log still holds: a picture at once. The log keeps everything
   * since that keyframe, within its limit.
   */
  NEWEST_KEYFRAME,
  /** At the next keyframe, which the publisher is asked for: the smallest log. */
  NEXT_KEYFRAME
}
