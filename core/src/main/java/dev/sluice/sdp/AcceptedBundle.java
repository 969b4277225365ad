package dev.sluice.sdp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The media descriptions that are accepted, which share one transport (RFC 9143 section 7.3).
 *
 * <p>The first one that is served decides: all others have to be in its bundle. Without a bundle it
 * stays alone.
 */
final class AcceptedBundle {

  private final SessionDescription offer;
  private final Map<Integer, NegotiatedTrack> served = new TreeMap<>();
  private final Set<Integer> idle = new TreeSet<>();
  private @Nullable BundleGroup group;

  AcceptedBundle(SessionDescription offer) {
    this.offer = offer;
  }

  boolean admits(MediaDescription media) {
    return served.isEmpty() || (group != null && group.contains(media));
  }

  void serve(int index, NegotiatedTrack track) {
    if (served.isEmpty()) {
      group = BundleGroup.of(offer, offer.media().get(index));
    }
    served.put(index, track);
  }

  /** Accepts a media description in which nothing is sent. */
  void keepIdle(int index) {
    idle.add(index);
  }

  /** Returns what is sent, in the order of the media descriptions. */
  List<NegotiatedTrack> tracks() {
    return List.copyOf(served.values());
  }

  /** Returns what is sent in a media description, or null if nothing is. */
  @Nullable NegotiatedTrack track(int index) {
    return served.get(index);
  }

  boolean isIdle(int index) {
    return idle.contains(index);
  }

  /** Returns the answerer-tagged media description: its transport attributes count for all. */
  int tagged() {
    return inGroupOrder().get(0);
  }

  /** Returns the identification tags of the answer's bundle, empty when there is no bundle. */
  List<String> mids() {
    List<String> mids = new ArrayList<>();
    if (group != null) {
      for (int index : inGroupOrder()) {
        mids.add(String.valueOf(offer.media().get(index).mid()));
      }
    }
    return mids;
  }

  /**
   * Returns the parts of the offer that may describe the transport, the decisive one first: those
   * accepted, then the offerer-tagged one, which speaks for those that are bundle-only, then the
   * session part.
   */
  List<SdpLines> offeredTransport() {
    List<SdpLines> parts = new ArrayList<>();
    for (int index : inGroupOrder()) {
      parts.add(offer.media().get(index).lines());
    }
    for (MediaDescription media : offer.media()) {
      if (group != null && group.rank(media) == 0) {
        parts.add(media.lines());
      }
    }
    parts.add(offer.session());
    return parts;
  }

  private List<Integer> inGroupOrder() {
    List<Integer> accepted = new ArrayList<>(served.keySet());
    accepted.addAll(idle);
    BundleGroup bundle = group;
    if (bundle != null) {
      accepted.sort(Comparator.comparingInt(index -> bundle.rank(offer.media().get(index))));
    }
    return accepted;
  }
}
