package dev.sluice.webrtc;

import dev.sluice.EngineConfiguration;
import dev.sluice.LateJoin;
import dev.sluice.NegotiationException;
import dev.sluice.PeerContext;
import dev.sluice.RateOptions;
import dev.sluice.Retransmission;
import dev.sluice.fanout.RetransmissionLimits;
import dev.sluice.fanout.SenderParameters;
import dev.sluice.fanout.StartRule;
import dev.sluice.fanout.ViewerLink;
import dev.sluice.rate.GccEstimator;
import dev.sluice.rate.RateLimits;
import dev.sluice.sdp.Direction;
import dev.sluice.sdp.Feedback;
import dev.sluice.sdp.HeaderExtension;
import dev.sluice.sdp.LocalTrack;
import dev.sluice.sdp.NegotiatedTrack;
import dev.sluice.sdp.Negotiation;
import dev.sluice.stream.LogInput;
import dev.sluice.stream.RelayedStream;
import dev.sluice.stream.Track;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Turns offers into viewers. */
public final class ViewerFactory {
  private final EngineConfiguration configuration;
  private final PeerFactory peers;

  /**
   * Makes a factory.
   *
   * @param configuration of the engine
   * @param peers makes the peers
   */
  public ViewerFactory(EngineConfiguration configuration, PeerFactory peers) {
    this.configuration = configuration;
    this.peers = peers;
  }

  /**
   * Makes a viewer.
   *
   * @param stream what it will watch
   * @param offerSdp its offer
   * @param context what the host knows of it
   * @param lifecycle hears how far it is
   * @return the viewer, which the peer can reach from now on
   * @throws NegotiationException if the offer is malformed or nothing in it can be served
   */
  public PeerViewer create(
      RelayedStream stream, String offerSdp, PeerContext context, PeerLifecycle lifecycle) {
    JoinClock join = new JoinClock(peers.settings().clock());
    Map<LocalTrack, Track> tracks = localTracks(stream);
    PeerFactory.Answered answered = peers.answer(offerSdp, terms(List.copyOf(tracks.keySet())));
    boolean numbered = isNumbered(answered.negotiation());
    SendingMedia media = new SendingMedia(peers.settings(), answered.cname(), link(numbered));
    for (NegotiatedTrack negotiated : answered.negotiation().tracks()) {
      add(media, Objects.requireNonNull(tracks.get(negotiated.track())), negotiated, numbered);
    }
    PeerViewer viewer =
        new PeerViewer(
            peers.make(answered, media, stream.writer()),
            stream,
            media,
            context,
            lifecycle,
            configuration.listener(),
            join);
    media.listener(viewer);
    viewer.open(answered.credentials());
    return viewer;
  }

  private PeerFactory.Terms terms(List<LocalTrack> tracks) {
    return new PeerFactory.Terms(Direction.SENDONLY, tracks, feedback(), extensions());
  }

  private Set<String> extensions() {
    Set<String> extensions =
        new HashSet<>(Set.of(HeaderExtension.MID, HeaderExtension.CAPTURE_TIME));
    if (countsTransportWide()) {
      extensions.add(HeaderExtension.TRANSPORT_CC);
    }
    if (configuration.session().playoutDelay() != null) {
      extensions.add(HeaderExtension.PLAYOUT_DELAY);
    }
    return extensions;
  }

  private Set<Feedback> feedback() {
    Set<Feedback> feedback = EnumSet.of(Feedback.PLI, Feedback.FIR);
    if (configuration.retransmission().enabled()) {
      feedback.add(Feedback.NACK);
    }
    if (countsTransportWide()) {
      feedback.add(Feedback.TRANSPORT_CC);
    }
    return feedback;
  }

  /** a viewer's own store repeats packets as they were, also with RTX */
  private boolean countsTransportWide() {
    Retransmission retransmission = configuration.retransmission();
    return configuration.rate().enabled()
        && retransmission.enabled()
        && retransmission.buffers() == null;
  }

  /** what can be sent, in the order of the publisher's tracks */
  private Map<LocalTrack, Track> localTracks(RelayedStream stream) {
    Map<LocalTrack, Track> tracks = new LinkedHashMap<>();
    Ssrcs ssrcs = new Ssrcs(peers.random());
    for (LogInput input : stream.inputs()) {
      Track track = input.track();
      String media = track.codec().kind().media();
      long before =
          tracks.values().stream().filter(t -> t.codec().kind() == track.codec().kind()).count();
      String id = before == 0 ? media : media + (before + 1);
      LocalTrack local = new LocalTrack(id, media, input.choice(), ssrcs.next(), ssrcs.next());
      boolean corrects = configuration.session().forwardErrorCorrection() && local.isVideo();
      tracks.put(corrects ? local.withFec(ssrcs.next()) : local, track);
    }
    return tracks;
  }

  /** Sound that is numbered does not tell what the picture may take. */
  static boolean isNumbered(Negotiation negotiation) {
    List<NegotiatedTrack> tracks = negotiation.tracks();
    boolean pictured = tracks.stream().anyMatch(track -> track.track().isVideo());
    return tracks.stream()
        .filter(track -> track.track().isVideo() == pictured)
        .allMatch(track -> track.transportSequenceId() > 0);
  }

  private ViewerLink link(boolean numbered) {
    RateOptions rate = configuration.rate();
    if (!rate.enabled()) {
      return ViewerLink.unlimited();
    }
    RateLimits limits = new RateLimits(rate.start(), rate.least(), rate.greatest());
    return new ViewerLink(() -> new GccEstimator(limits), numbered);
  }

  private void add(SendingMedia media, Track track, NegotiatedTrack negotiated, boolean numbered) {
    Retransmission retransmission = configuration.retransmission();
    boolean answersNacks =
        retransmission.enabled() && negotiated.feedback().contains(Feedback.NACK);
    SenderParameters parameters =
        new SenderParameters(
                negotiated.payloadType(),
                negotiated.track().ssrc(),
                answersNacks ? negotiated.rtxPayloadType() : -1,
                negotiated.track().rtxSsrc(),
                negotiated.extensionId(HeaderExtension.MID),
                negotiated.mid(),
                numbered ? negotiated.transportSequenceId() : -1)
            .withFec(
                negotiated.fecPayloadType(),
                Objects.requireNonNullElse(negotiated.track().fecSsrc(), 0))
            .withCaptureTime(negotiated.extensionId(HeaderExtension.CAPTURE_TIME))
            .withPlayoutDelay(
                negotiated.extensionId(HeaderExtension.PLAYOUT_DELAY),
                configuration.session().playoutDelay());
    media.add(
        track,
        parameters,
        answersNacks
            ? new RetransmissionLimits(retransmission.maxRepeats(), retransmission.maxShare())
            : null,
        retransmission.buffers() == null ? null : retransmission.buffers().get(),
        new StartRule(
            configuration.history().lateJoin() == LateJoin.NEWEST_KEYFRAME,
            configuration.history().maxCatchUp().toNanos()));
  }
}
