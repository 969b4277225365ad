package dev.sluice.sdp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is accepted of an offer when one of its transports is taken: media descriptions of one
 * bundle (RFC 9143 section 7.3), or a single one that is in none.
 */
final class AcceptedBundle {

  /** A picture counts for more than any sound, then more tracks for more than fewer. */
  static final Comparator<AcceptedBundle> WORTH =
      Comparator.comparingLong(AcceptedBundle::pictures)
          .thenComparingInt(bundle -> bundle.served.size());

  private final SessionDescription offer;
  private final OfferedMedia leader;
  private final Map<Integer, NegotiatedTrack> served = new TreeMap<>();
  private final Map<Integer, List<NegotiatedTrack>> alternatives = new TreeMap<>();
  private final Map<Integer, MediaRefusal> refusals = new TreeMap<>();
  private final Set<Integer> idle = new HashSet<>();
  private final Set<Integer> missed = new HashSet<>();

  /**
   * Begins with nothing accepted.
   *
   * @param leader a media description of the transport that is taken
   */
  AcceptedBundle(SessionDescription offer, OfferedMedia leader) {
    this.offer = offer;
    this.leader = leader;
  }

  boolean admits(OfferedMedia media) {
    return media == leader || (leader.group() != null && leader.group() == media.group());
  }

  /**
   * Sends or takes a track in a media description.
   *
   * @param others the same in further formats
   */
  void serve(OfferedMedia media, NegotiatedTrack track, List<NegotiatedTrack> others) {
    served.put(media.index(), track);
    alternatives.put(media.index(), others);
  }

  /**
   * Sends nothing in a media description.
   *
   * @param missing whether the viewer asks for something that the stream has
   */
  void refuse(OfferedMedia media, String reason, boolean missing) {
    String kind = Excerpt.plain(media.description().media());
    refusals.put(media.index(), new MediaRefusal(media.index(), kind, reason));
    if (missing) {
      missed.add(media.index());
    }
  }

  /** Accepts a media description in which nothing is sent. */
  void keepIdle(OfferedMedia media) {
    idle.add(media.index());
  }

  /** Returns what is sent, in the order of the media descriptions. */
  List<NegotiatedTrack> tracks() {
    return List.copyOf(served.values());
  }

  /** Returns the same in further formats in which the peer may send it. */
  List<NegotiatedTrack> alternatives() {
    return alternatives.values().stream().flatMap(List::stream).toList();
  }

  /** Returns those of one media description. */
  List<NegotiatedTrack> alternatives(int index) {
    return alternatives.getOrDefault(index, List.of());
  }

  /** Returns what is sent in a media description, or null if nothing is. */
  @Nullable NegotiatedTrack track(int index) {
    return served.get(index);
  }

  boolean isIdle(int index) {
    return idle.contains(index);
  }

  /** Returns why nothing is sent where nothing is. */
  List<MediaRefusal> refusals() {
    return List.copyOf(refusals.values());
  }

  /** Returns why the viewer does not get in a media description what the stream has, or null. */
  @Nullable String missing(int index) {
    MediaRefusal refusal = refusals.get(index);
    return refusal != null && missed.contains(index) ? refusal.toString() : null;
  }

  /** Says whether the viewer asks for a picture, the stream has one, and it is not sent. */
  boolean lacksPicture() {
    return pictures() == 0
        && missed.stream().anyMatch(index -> offer.media().get(index).media().equals("video"));
  }

  private long pictures() {
    return served.values().stream().filter(track -> track.track().isVideo()).count();
  }

  /** Returns the answerer-tagged media description: its transport attributes count for all. */
  int tagged() {
    return inGroupOrder().get(0);
  }

  /** Returns the identification tags of the answer's bundle, empty when there is no bundle. */
  List<String> mids() {
    List<String> mids = new ArrayList<>();
    if (leader.group() != null) {
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
      if (leader.group() != null && leader.group().rank(media) == 0) {
        parts.add(media.lines());
      }
    }
    parts.add(offer.session());
    return parts;
  }

  private List<Integer> inGroupOrder() {
    List<Integer> accepted = new ArrayList<>(served.keySet());
    accepted.addAll(idle);
    BundleGroup bundle = leader.group();
    if (bundle != null) {
      accepted.sort(Comparator.comparingInt(index -> bundle.rank(offer.media().get(index))));
    }
    return accepted;
  }
}
