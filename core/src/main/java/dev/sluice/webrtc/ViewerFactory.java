package dev.sluice.webrtc;

import dev.sluice.EngineConfiguration;
import dev.sluice.LateJoin;
import dev.sluice.NegotiationException;
import dev.sluice.RateOptions;
import dev.sluice.Retransmission;
import dev.sluice.ViewerContext;
import dev.sluice.fanout.RetransmissionLimits;
import dev.sluice.fanout.SenderParameters;
import dev.sluice.fanout.StartRule;
import dev.sluice.fanout.ViewerLink;
import dev.sluice.ice.IceCredentials;
import dev.sluice.rate.GccEstimator;
import dev.sluice.rate.RateLimits;
import dev.sluice.sdp.Answerer;
import dev.sluice.sdp.Direction;
import dev.sluice.sdp.Feedback;
import dev.sluice.sdp.HeaderExtension;
import dev.sluice.sdp.LocalDescription;
import dev.sluice.sdp.LocalTrack;
import dev.sluice.sdp.NegotiatedTrack;
import dev.sluice.sdp.Negotiation;
import dev.sluice.sdp.SdpException;
import dev.sluice.sdp.SessionDescription;
import dev.sluice.sdp.UnservableOfferException;
import dev.sluice.srtp.dtls.DtlsIdentity;
import dev.sluice.stream.LogInput;
import dev.sluice.stream.RelayedStream;
import dev.sluice.stream.Track;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Turns offers into viewers: negotiates, makes the peer and gives it to an event loop. */
public final class ViewerFactory {
  private static final int ID_BYTES = 18;

  private final EngineConfiguration configuration;
  private final PeerLoops loops;
  private final PeerSettings settings;
  private final DtlsIdentity identity;
  private final List<String> candidates;
  private final SecureRandom random;

  /**
   * Makes a factory.
   *
   * @param configuration of the engine
   * @param loops where viewers get their homes
   * @param settings what all peers share
   * @param identity certificate of this side
   * @param candidates of this side, as in SDP
   * @param random for identifiers and keys
   */
  public ViewerFactory(
      EngineConfiguration configuration,
      PeerLoops loops,
      PeerSettings settings,
      DtlsIdentity identity,
      List<String> candidates,
      SecureRandom random) {
    this.configuration = configuration;
    this.loops = loops;
    this.settings = settings;
    this.identity = identity;
    this.candidates = candidates;
    this.random = random;
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
      RelayedStream stream, String offerSdp, ViewerContext context, ViewerLifecycle lifecycle) {
    JoinClock join = new JoinClock(settings.clock());
    IceCredentials credentials = newCredentials();
    String cname = newId();
    Map<LocalTrack, Track> tracks = localTracks(stream);
    Negotiation negotiation = negotiate(List.copyOf(tracks.keySet()), offerSdp, credentials, cname);
    SendingMedia media = new SendingMedia(settings, cname, link(negotiation));
    for (NegotiatedTrack negotiated : negotiation.tracks()) {
      add(media, Objects.requireNonNull(tracks.get(negotiated.track())), negotiated);
    }
    PeerLoop loop = loops.next(stream.writer());
    Peer peer =
        new Peer(
            loop,
            settings,
            media,
            credentials,
            negotiation.remoteCredentials(),
            negotiation.remoteFingerprints());
    PeerViewer viewer =
        new PeerViewer(
            newId(),
            stream,
            peer,
            media,
            context,
            negotiation,
            candidates,
            this::newCredentials,
            lifecycle,
            configuration.listener(),
            join);
    media.listener(viewer);
    peer.open(credentials, viewer);
    peer.execute(peer::start);
    return viewer;
  }

  private Negotiation negotiate(
      List<LocalTrack> tracks, String offerSdp, IceCredentials credentials, String cname) {
    try {
      LocalDescription local =
          new LocalDescription(
              random.nextLong() >>> 1,
              cname,
              cname,
              credentials,
              identity.fingerprint("sha-256"),
              candidates,
              Direction.SENDONLY,
              tracks,
              feedback(),
              countsTransportWide()
                  ? Set.of(HeaderExtension.MID, HeaderExtension.TRANSPORT_CC)
                  : Set.of(HeaderExtension.MID));
      return Answerer.answer(SessionDescription.parse(offerSdp), local);
    } catch (SdpException e) {
      throw Refusals.malformed(e);
    } catch (UnservableOfferException e) {
      throw Refusals.unservable(e);
    }
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
    Ssrcs ssrcs = new Ssrcs(random);
    for (LogInput input : stream.inputs()) {
      Track track = input.track();
      String media = track.codec().kind().media();
      long before =
          tracks.values().stream().filter(t -> t.codec().kind() == track.codec().kind()).count();
      String id = before == 0 ? media : media + (before + 1);
      tracks.put(new LocalTrack(id, media, input.choice(), ssrcs.next(), ssrcs.next()), track);
    }
    return tracks;
  }

  private ViewerLink link(Negotiation negotiation) {
    RateOptions rate = configuration.rate();
    if (!rate.enabled()) {
      return ViewerLink.unlimited();
    }
    RateLimits limits = new RateLimits(rate.start(), rate.least(), rate.greatest());
    boolean numbered =
        negotiation.tracks().stream().anyMatch(track -> track.transportSequenceId() > 0);
    return new ViewerLink(() -> new GccEstimator(limits), numbered);
  }

  private void add(SendingMedia media, Track track, NegotiatedTrack negotiated) {
    Retransmission retransmission = configuration.retransmission();
    boolean answersNacks =
        retransmission.enabled() && negotiated.feedback().contains(Feedback.NACK);
    media.add(
        track,
        new SenderParameters(
            negotiated.payloadType(),
            negotiated.track().ssrc(),
            answersNacks ? negotiated.rtxPayloadType() : -1,
            negotiated.track().rtxSsrc(),
            negotiated.extensionId(HeaderExtension.MID),
            negotiated.mid(),
            negotiated.transportSequenceId()),
        answersNacks
            ? new RetransmissionLimits(retransmission.maxRepeats(), retransmission.maxShare())
            : null,
        retransmission.buffers() == null ? null : retransmission.buffers().get(),
        new StartRule(
            configuration.history().lateJoin() == LateJoin.NEWEST_KEYFRAME,
            configuration.history().maxCatchUp().toNanos()));
  }

  private IceCredentials newCredentials() {
    return IceCredentials.generate(random);
  }

  private String newId() {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
  }
}
