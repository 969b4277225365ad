package dev.sluice;

import dev.sluice.ice.IceCredentials;
import dev.sluice.rtp.h264.ProfileLevelId;
import dev.sluice.sdp.Answerer;
import dev.sluice.sdp.Feedback;
import dev.sluice.sdp.LocalDescription;
import dev.sluice.sdp.LocalTrack;
import dev.sluice.sdp.NegotiatedTrack;
import dev.sluice.sdp.Negotiation;
import dev.sluice.sdp.SdpException;
import dev.sluice.sdp.SessionDescription;
import dev.sluice.session.RetransmissionLimits;
import dev.sluice.session.SenderParameters;
import dev.sluice.session.SessionDirectory;
import dev.sluice.session.SessionListener;
import dev.sluice.session.SessionLoop;
import dev.sluice.session.SessionMedia;
import dev.sluice.session.SessionSettings;
import dev.sluice.session.ViewerSession;
import dev.sluice.srtp.dtls.DtlsIdentity;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Turns offers into viewers: negotiates, makes the session and gives it to an event loop. */
final class ViewerFactory {
  private static final int ID_BYTES = 18;

  private final EngineConfiguration configuration;
  private final EngineLoops loops;
  private final SessionSettings settings;
  private final DtlsIdentity identity;
  private final List<String> candidates;
  private final SecureRandom random;
  private final Consumer<Viewer> onEnd;

  ViewerFactory(
      EngineConfiguration configuration,
      EngineLoops loops,
      SessionSettings settings,
      DtlsIdentity identity,
      List<String> candidates,
      SecureRandom random,
      Consumer<Viewer> onEnd) {
    this.configuration = configuration;
    this.loops = loops;
    this.settings = settings;
    this.identity = identity;
    this.candidates = candidates;
    this.random = random;
    this.onEnd = onEnd;
  }

  Viewer create(LiveStream stream, String offerSdp) {
    IceCredentials credentials = newCredentials();
    String cname = newId();
    Negotiation negotiation = negotiate(stream, offerSdp, credentials, cname);
    Viewer viewer = new Viewer(newId(), stream, this);
    SessionLoop loop = loops.next(writer(stream));
    SessionListener listener = viewer.listener(configuration.listener());
    SessionMedia media = new SessionMedia(settings, cname, listener::firstFrameSent);
    for (NegotiatedTrack track : negotiation.tracks()) {
      addTrack(media, stream, track);
    }
    ViewerSession session =
        new ViewerSession(
            loop, settings, media, credentials, negotiation.remoteFingerprints(), listener);
    viewer.begin(session, negotiation.answer(), candidates);
    settings.directory().add(credentials.ufrag(), session);
    loop.eventLoop()
        .execute(
            () -> {
              negotiation.remoteCandidates().forEach(session::addRemoteCandidate);
              session.start();
            });
    return viewer;
  }

  IceCredentials newCredentials() {
    return IceCredentials.generate(random);
  }

  SessionDirectory directory() {
    return settings.directory();
  }

  void ended(Viewer viewer) {
    onEnd.accept(viewer);
  }

  private Negotiation negotiate(
      LiveStream stream, String offerSdp, IceCredentials credentials, String cname) {
    try {
      LocalDescription local =
          new LocalDescription(
              random.nextLong() >>> 1,
              cname,
              cname,
              credentials,
              identity.fingerprint("sha-256"),
              candidates,
              localTracks(stream),
              configuration.retransmission().enabled());
      return Answerer.answer(SessionDescription.parse(offerSdp), local);
    } catch (SdpException e) {
      throw new NegotiationException(e);
    }
  }

  private List<LocalTrack> localTracks(LiveStream stream) {
    Publisher publisher = stream.latest();
    if (publisher == null) {
      return List.of();
    }
    List<LocalTrack> tracks = new ArrayList<>();
    for (TrackDescription description : publisher.tracks()) {
      tracks.add(
          switch (description.codec()) {
            case H264 ->
                LocalTrack.h264("video", profile(publisher, description), newSsrc(), newSsrc());
            case OPUS ->
                LocalTrack.opus("audio", description.channels() == 2, newSsrc(), newSsrc());
          });
    }
    return tracks;
  }

  private static @Nullable Thread writer(LiveStream stream) {
    Publisher publisher = stream.publisher();
    return publisher == null ? null : publisher.writer();
  }

  private static @Nullable ProfileLevelId profile(
      Publisher publisher, TrackDescription description) {
    return publisher.track(description.name()).format().profile();
  }

  private void addTrack(SessionMedia media, LiveStream stream, NegotiatedTrack negotiated) {
    Retransmission retransmission = configuration.retransmission();
    boolean answersNacks =
        retransmission.enabled() && negotiated.feedback().contains(Feedback.NACK);
    Codec codec = negotiated.track().id().equals("video") ? Codec.H264 : Codec.OPUS;
    media.add(
        stream.track(codec),
        new SenderParameters(
            negotiated.payloadType(),
            negotiated.track().ssrc(),
            answersNacks ? negotiated.rtxPayloadType() : -1,
            negotiated.track().rtxSsrc(),
            negotiated.midExtensionId(),
            negotiated.mid()),
        answersNacks
            ? new RetransmissionLimits(retransmission.maxRepeats(), retransmission.maxShare())
            : null,
        retransmission.buffers() == null ? null : retransmission.buffers().get(),
        configuration.history().lateJoin() == LateJoin.NEWEST_KEYFRAME);
  }

  private int newSsrc() {
    int ssrc = random.nextInt();
    return ssrc == 0 ? 1 : ssrc;
  }

  private String newId() {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
  }
}
