package dev.sluice.rtsp;

import dev.sluice.TrackDescription;
import dev.sluice.codec.AnnouncedFormat;
import dev.sluice.codec.MediaKind;
import dev.sluice.sdp.MediaDescription;
import dev.sluice.sdp.PayloadFormat;
import dev.sluice.sdp.SdpException;
import dev.sluice.sdp.SessionDescription;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A media description of an announcement.
 *
 * @param control what its SETUP will name
 * @param payloadType the RTP payload type that is relayed
 * @param clockRate RTP ticks a second
 * @param resends whether the peer sends lost packets again when a generic NACK asks for them
 * @param description what the engine is told, or null when this track is not relayed: it may be set
 *     up, since clients give up when one track is refused, but its media is dropped
 * @param refusal why it is not relayed, and what to change at the encoder; empty when it is
 */
record AnnouncedTrack(
    String control,
    int payloadType,
    int clockRate,
    boolean resends,
    @Nullable TrackDescription description,
    String refusal) {

  static final int MAX_TRACKS = 8;

  private static final int MAX_VIDEO_PACKET = 65_535;
  private static final int MAX_AUDIO_PACKET = 8_192;
  private static final int NO_PAYLOAD_TYPE = -1;
  private static final int ANY_CLOCK_RATE = 90_000;
  private static final String GENERIC_NACK = "nack";

  /**
   * Reads the tracks of an announcement. Of each kind the first track is relayed.
   *
   * @throws SdpException if there are too many, or one is malformed
   */
  static List<AnnouncedTrack> of(SessionDescription session) throws SdpException {
    if (session.media().size() > MAX_TRACKS) {
      throw new SdpException("more than " + MAX_TRACKS + " media descriptions");
    }
    Set<MediaKind> wanted = EnumSet.allOf(MediaKind.class);
    List<AnnouncedTrack> tracks = new ArrayList<>();
    for (MediaDescription media : session.media()) {
      AnnouncedTrack track = of(media, wanted);
      if (track.description != null) {
        wanted.remove(track.description.codec().kind());
      }
      tracks.add(track);
    }
    return List.copyOf(tracks);
  }

  /** says why tracks are not relayed, of those that are not */
  static String refusals(List<AnnouncedTrack> tracks) {
    return tracks.isEmpty()
        ? "it describes no media"
        : tracks.stream()
            .filter(track -> !track.isRelayed())
            .map(AnnouncedTrack::refusal)
            .collect(Collectors.joining("; "));
  }

  /** the same of an encoding besides the stream's own */
  AnnouncedTrack ofRendition() {
    return isRelayed() && !isVideo()
        ? refused(control, "the sound of a rendition is not relayed, the stream's own is")
        : this;
  }

  boolean isRelayed() {
    return description != null;
  }

  boolean isVideo() {
    return description != null && description.isVideo();
  }

  /** how long a packet of its media may be */
  int maxPacketLength() {
    return isVideo() ? MAX_VIDEO_PACKET : MAX_AUDIO_PACKET;
  }

  private static AnnouncedTrack of(MediaDescription media, Set<MediaKind> wanted) {
    String control = Objects.requireNonNullElse(media.lines().attribute("control"), "");
    if (!TrackRefusal.isProtocol(media.protocol())) {
      return refused(control, TrackRefusal.ofProtocol(media.protocol()));
    }
    List<PayloadFormat> formats = media.payloadFormats();
    for (PayloadFormat format : formats) {
      TrackDescription description = describe(media.media(), format);
      if (description != null && wanted.contains(description.codec().kind())) {
        return new AnnouncedTrack(
            control,
            format.payloadType(),
            description.codec().clockRate(),
            format.feedback().contains(GENERIC_NACK),
            description,
            "");
      }
    }
    return refused(control, TrackRefusal.ofFormats(media, formats, wanted));
  }

  private static AnnouncedTrack refused(String control, String why) {
    return new AnnouncedTrack(control, NO_PAYLOAD_TYPE, ANY_CLOCK_RATE, false, null, why);
  }

  private static @Nullable TrackDescription describe(String media, PayloadFormat format) {
    AnnouncedFormat announced = AnnouncedFormat.of(media, format);
    return announced == null
        ? null
        : new TrackDescription(
            announced.codec().kind().media(), announced.codec(), announced.parameters());
  }
}
