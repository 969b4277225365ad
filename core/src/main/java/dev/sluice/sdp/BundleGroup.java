package dev.sluice.sdp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Media descriptions that share one transport (RFC 9143).
 *
 * @param mids their identification tags, in the order of the group attribute
 */
record BundleGroup(List<String> mids) {

  /** Returns the group that a media description is in, or null when it is in none. */
  static @Nullable BundleGroup of(SessionDescription session, MediaDescription media) {
    for (String value : session.session().attributes("group")) {
      List<String> fields = List.of(value.split("\\s+"));
      BundleGroup group = new BundleGroup(fields.subList(1, fields.size()));
      if (fields.get(0).equals("BUNDLE") && group.contains(media)) {
        return group;
      }
    }
    return null;
  }

  boolean contains(MediaDescription media) {
    return rank(media) >= 0;
  }

  /** Returns the place of a media description in the group, or -1 when it is not in it. */
  int rank(MediaDescription media) {
    String mid = media.mid();
    return mid == null ? -1 : mids.indexOf(mid);
  }
}
