package dev.sluice.sdp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Media descriptions that share one transport (RFC 9143). */
final class BundleGroup {

  private final Map<String, Integer> ranks = new HashMap<>();

  private BundleGroup(String[] value) {
    for (int i = 1; i < value.length; i++) {
      ranks.putIfAbsent(value[i], i - 1);
    }
  }

  /** Reads the groups of a description. */
  static List<BundleGroup> of(SessionDescription session) {
    List<BundleGroup> groups = new ArrayList<>();
    for (String value : session.session().attributes("group")) {
      String[] fields = value.split("\\s+");
      if (fields[0].equals("BUNDLE")) {
        groups.add(new BundleGroup(fields));
      }
    }
    return groups;
  }

  boolean contains(MediaDescription media) {
    return rank(media) >= 0;
  }

  /** Returns the place of a media description in the group, or -1 when it is not in it. */
  int rank(MediaDescription media) {
    @Nullable String mid = media.mid();
    return mid == null ? -1 : ranks.getOrDefault(mid, -1);
  }
}
