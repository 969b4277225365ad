package dev.sluice.fanout;

import java.util.ArrayList;
import java.util.List;

/**
 * How the pictures of one viewer share its link: in equal parts, and what one does not need of its
 * part the others have. What is sent besides, sound above all, is at the expense of all alike.
 */
final class LinkShares {
  /** One of them. */
  interface Picture {
    /** payload bytes that were sent of it */
    long octets();

    /** bits per second that it would take, {@link Long#MAX_VALUE} while packets of it wait */
    long need(long nowNanos);
  }

  private final List<Picture> pictures = new ArrayList<>(1);

  void add(Picture picture) {
    pictures.add(picture);
  }

  /** how many there are, at least 1 */
  int count() {
    return Math.max(1, pictures.size());
  }

  /** what a picture may take of what the link carries, in bits per second */
  long part(Picture picture, long carried, long nowNanos) {
    long part = carried / count();
    for (int pass = 1; pass < pictures.size(); pass++) {
      part = partBeside(picture, part, carried, nowNanos);
    }
    return part;
  }

  /** what is left where others need less than an equal part */
  private long partBeside(Picture picture, long equal, long carried, long nowNanos) {
    long left = carried;
    int sharing = pictures.size();
    for (Picture other : pictures) {
      long need = other == picture ? Long.MAX_VALUE : other.need(nowNanos);
      if (need < equal) {
        left -= need;
        sharing--;
      }
    }
    return left / sharing;
  }

  /** bytes that are a picture's, of all that were sent to the viewer */
  long bytes(Picture picture, long sentBytes) {
    if (pictures.size() <= 1) {
      return sentBytes;
    }
    long besides = sentBytes;
    for (Picture each : pictures) {
      besides -= each.octets();
    }
    return picture.octets() + besides / pictures.size();
  }
}
