package dev.sluice.webrtc;

import dev.sluice.NegotiationException;
import dev.sluice.PeerContext;
import dev.sluice.RelayListener;
import dev.sluice.TrackDescription;
import dev.sluice.codec.AnnouncedFormat;
import dev.sluice.codec.MediaKind;
import dev.sluice.codec.RelayableFormat;
import dev.sluice.receive.MediaSink;
import dev.sluice.receive.ReceiveCounters;
import dev.sluice.receive.ReceiverParameters;
import dev.sluice.receive.RtcpEndpoint;
import dev.sluice.receive.TrackReceiver;
import dev.sluice.sdp.Direction;
import dev.sluice.sdp.Feedback;
import dev.sluice.sdp.HeaderExtension;
import dev.sluice.sdp.LocalDescription;
import dev.sluice.sdp.LocalTrack;
import dev.sluice.sdp.MediaOffer;
import dev.sluice.sdp.NegotiatedTrack;
import dev.sluice.sdp.Negotiation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** Turns offers of peers that send, and offers to such peers, into publishers of a stream. */
public final class IngestFactory {
  private static final int REORDER_PACKETS = 1_024;

  /** time for three requests where the peer sends lost packets again */
  private static final long RESEND_DELAY_NANOS = 400_000_000;

  private static final long REORDER_DELAY_NANOS = 100_000_000;
  private static final Set<Feedback> FEEDBACK =
      Set.of(Feedback.NACK, Feedback.PLI, Feedback.TRANSPORT_CC, Feedback.REMB);
  private static final Set<String> CALL_EXTENSIONS =
      Set.of(HeaderExtension.MID, HeaderExtension.TRANSPORT_CC);
  private static final Set<String> EXTENSIONS =
      Set.of(
          HeaderExtension.MID,
          HeaderExtension.RID,
          HeaderExtension.REPAIRED_RID,
          HeaderExtension.TRANSPORT_CC);

  private final PeerFactory peers;
  private final MediaSink.Opener sinks;
  private final MediaSink.Opener renditions;
  private final RelayListener listener;

  /**
   * Makes a factory.
   *
   * @param peers makes the peers
   * @param sinks where their media goes
   * @param renditions where further encodings of simulcast go
   * @param listener hears what happens
   */
  public IngestFactory(
      PeerFactory peers,
      MediaSink.Opener sinks,
      MediaSink.Opener renditions,
      RelayListener listener) {
    this.peers = peers;
    this.sinks = sinks;
    this.renditions = renditions;
    this.listener = listener;
  }

  /**
   * Makes a peer that publishes.
   *
   * @param streamName what it will publish
   * @param offerSdp its offer
   * @param context what the host knows of it
   * @param lifecycle hears how far it is
   * @return the session, which the peer can reach from now on
   * @throws NegotiationException if the offer is malformed or nothing in it can be relayed
   */
  public PeerIngest create(
      String streamName, String offerSdp, PeerContext context, PeerLifecycle lifecycle) {
    PeerFactory.Answered answered = answer(offerSdp);
    ReceivingMedia media = media(streamName, context, answered.negotiation());
    return open(peers.make(answered, media, null), streamName, media, context, lifecycle);
  }

  /** negotiates what is taken from a peer that offers to send */
  PeerFactory.Answered answer(String offerSdp) {
    return peers.answer(offerSdp, terms(EXTENSIONS));
  }

  /**
   * Offers to take a stream from a peer.
   *
   * @param socket where the peer will be at home
   * @param streamName what it will publish
   * @param context what the host knows of it
   * @return the offer
   */
  public PeerCall call(PeerSocket socket, String streamName, PeerContext context) {
    LocalDescription local = peers.describe(terms(CALL_EXTENSIONS), socket.candidates());
    List<MediaOffer> media =
        Arrays.stream(MediaKind.values())
            .map(kind -> new MediaOffer(kind.media(), new RelayableFormat(kind).offers(), of(kind)))
            .toList();
    return new PeerCall(
        socket,
        local,
        media,
        (peer, negotiation, lifecycle) -> {
          ReceivingMedia incoming = media(streamName, context, negotiation);
          PeerFactory.Answered answered =
              new PeerFactory.Answered(local.credentials(), local.cname(), negotiation);
          PeerFactory.Made made = peers.make(socket, peer, answered, incoming);
          return open(made, streamName, incoming, context, lifecycle);
        });
  }

  /** sound is not worth a second try */
  private static Set<Feedback> of(MediaKind kind) {
    return kind == MediaKind.VIDEO ? FEEDBACK : EnumSet.of(Feedback.TRANSPORT_CC);
  }

  /** what receives the media that was agreed on */
  ReceivingMedia media(String streamName, PeerContext context, Negotiation negotiation) {
    ReceiveCounters counters = new ReceiveCounters();
    RtcpEndpoint reports = new RtcpEndpoint(peers.random(), counters);
    ReceivingMedia media =
        new ReceivingMedia(
            peers.settings(), streamName, context, sinks, renditions, reports, counters);
    media.tracks(incoming(negotiation, format -> incoming(format, media, counters)));
    return media;
  }

  private PeerIngest open(
      PeerFactory.Made made,
      String streamName,
      ReceivingMedia media,
      PeerContext context,
      PeerLifecycle lifecycle) {
    PeerIngest ingest = new PeerIngest(made, streamName, media, context, lifecycle, listener);
    media.listener(ingest);
    ingest.open(made.answered().credentials());
    return ingest;
  }

  /** one track of each kind, in whatever codec */
  private static PeerFactory.Terms terms(Set<String> extensions) {
    List<LocalTrack> tracks =
        Arrays.stream(MediaKind.values())
            .map(
                kind -> new LocalTrack(kind.media(), kind.media(), new RelayableFormat(kind), 0, 0))
            .toList();
    return new PeerFactory.Terms(Direction.RECVONLY, tracks, FEEDBACK, extensions);
  }

  private static List<IncomingTrack> incoming(
      Negotiation negotiation, Function<NegotiatedTrack, IncomingFormat> opener) {
    List<IncomingTrack> incoming = new ArrayList<>();
    for (NegotiatedTrack track : negotiation.tracks()) {
      List<NegotiatedTrack> formats = new ArrayList<>(List.of(track));
      negotiation.alternatives().stream()
          .filter(alternative -> alternative.track() == track.track())
          .forEach(formats::add);
      if (track.rids().isEmpty()) {
        incoming.add(new IncomingTrack(formats, null, opener));
      }
      track.rids().forEach(rid -> incoming.add(new IncomingTrack(formats, rid, opener)));
    }
    return incoming;
  }

  private static IncomingFormat incoming(
      NegotiatedTrack track, ReceivingMedia media, ReceiveCounters counters) {
    String kind = track.track().id();
    AnnouncedFormat format =
        Objects.requireNonNull(AnnouncedFormat.of(kind, track.format()), "a format was chosen");
    boolean resends = track.feedback().contains(Feedback.NACK);
    ReceiverParameters parameters =
        new ReceiverParameters(
            track.payloadType(),
            track.format().clockRate(),
            resends,
            true,
            REORDER_PACKETS,
            resends ? RESEND_DELAY_NANOS : REORDER_DELAY_NANOS);
    return new IncomingFormat(
        track,
        new TrackDescription(kind, format.codec(), format.parameters()),
        new TrackReceiver(parameters, counters, media::requestAgain),
        track.hasRed() ? new RedundantAudio(track.payloadType()) : null);
  }
}
