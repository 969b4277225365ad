package dev.sluice.interop;

import dev.onvoid.webrtc.CreateSessionDescriptionObserver;
import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.PeerConnectionObserver;
import dev.onvoid.webrtc.PortAllocatorConfig;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCOfferOptions;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCPeerConnectionState;
import dev.onvoid.webrtc.RTCRtpCodecCapability;
import dev.onvoid.webrtc.RTCRtpTransceiver;
import dev.onvoid.webrtc.RTCRtpTransceiverDirection;
import dev.onvoid.webrtc.RTCRtpTransceiverInit;
import dev.onvoid.webrtc.RTCSdpType;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.RTCStats;
import dev.onvoid.webrtc.RTCStatsReport;
import dev.onvoid.webrtc.SetSessionDescriptionObserver;
import dev.onvoid.webrtc.media.MediaStreamTrack;
import dev.onvoid.webrtc.media.MediaType;
import dev.onvoid.webrtc.media.audio.AudioTrack;
import dev.onvoid.webrtc.media.audio.CustomAudioSource;
import dev.onvoid.webrtc.media.audio.HeadlessAudioDeviceModule;
import dev.onvoid.webrtc.media.video.CustomVideoSource;
import dev.onvoid.webrtc.media.video.VideoTrack;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;

/**
 * A receiver made of libwebrtc, as browsers have it: offers recvonly video of one codec and audio
 * of all.
 */
final class LibwebrtcViewer implements AutoCloseable {
  private static final int SECONDS = 10;

  private final RTCPeerConnection connection;
  private final CompletableFuture<Void> connected = new CompletableFuture<>();
  private final AtomicInteger frames = new AtomicInteger();
  private final AtomicInteger audioSamples = new AtomicInteger();
  private volatile RTCPeerConnectionState state = RTCPeerConnectionState.NEW;
  private volatile int width;

  LibwebrtcViewer(PeerConnectionFactory factory) {
    this(factory, "H264");
  }

  LibwebrtcViewer(PeerConnectionFactory factory, String codec) {
    RTCConfiguration configuration = new RTCConfiguration();
    configuration.portAllocatorConfig = new PortAllocatorConfig();
    configuration.portAllocatorConfig.setDisableAdapterEnumeration(true);
    connection = factory.createPeerConnection(configuration, new Observer());
    RTCRtpTransceiverInit receive = new RTCRtpTransceiverInit();
    receive.direction = RTCRtpTransceiverDirection.RECV_ONLY;
    RTCRtpTransceiver video =
        connection.addTransceiver(
            factory.createVideoTrack("video", new CustomVideoSource()), receive);
    video.setCodecPreferences(only(codec, factory));
    RTCRtpTransceiverInit receiveAudio = new RTCRtpTransceiverInit();
    receiveAudio.direction = RTCRtpTransceiverDirection.RECV_ONLY;
    connection.addTransceiver(
        factory.createAudioTrack("audio", new CustomAudioSource()), receiveAudio);
  }

  /** what makes peers; the test is skipped where libwebrtc does not run, unless it has to */
  static PeerConnectionFactory newFactory() {
    try {
      return new PeerConnectionFactory(new HeadlessAudioDeviceModule());
    } catch (LinkageError e) {
      String message = "libwebrtc does not load; on Debian install libpulse0 (" + e + ")";
      if (Boolean.parseBoolean(System.getenv("SLUICE_REQUIRE_PEERS"))) {
        throw new AssertionError(message, e);
      }
      return Assumptions.abort(message);
    }
  }

  String offer() throws Exception {
    CompletableFuture<RTCSessionDescription> made = new CompletableFuture<>();
    connection.createOffer(
        new RTCOfferOptions(),
        new CreateSessionDescriptionObserver() {
          @Override
          public void onSuccess(RTCSessionDescription description) {
            made.complete(description);
          }

          @Override
          public void onFailure(String error) {
            made.completeExceptionally(new IllegalStateException(error));
          }
        });
    RTCSessionDescription description = made.get(SECONDS, TimeUnit.SECONDS);
    Applied applied = new Applied();
    connection.setLocalDescription(description, applied);
    applied.done.get(SECONDS, TimeUnit.SECONDS);
    return description.sdp;
  }

  void answer(String sdp) throws Exception {
    Applied applied = new Applied();
    connection.setRemoteDescription(new RTCSessionDescription(RTCSdpType.ANSWER, sdp), applied);
    applied.done.get(SECONDS, TimeUnit.SECONDS);
  }

  void awaitConnected() throws Exception {
    connected.get(SECONDS, TimeUnit.SECONDS);
  }

  RTCPeerConnectionState state() {
    return state;
  }

  int frames() {
    return frames.get();
  }

  int width() {
    return width;
  }

  int audioSamples() {
    return audioSamples.get();
  }

  /** attributes of the one statistics object of a type whose attribute has that value */
  Map<String, Object> statistics(String type, String attribute, Object value) throws Exception {
    CompletableFuture<RTCStatsReport> report = new CompletableFuture<>();
    connection.getStats(report::complete);
    for (RTCStats stats : report.get(SECONDS, TimeUnit.SECONDS).getStats().values()) {
      Map<String, Object> attributes = stats.getAttributes();
      if (stats.getType().toString().equals(type)
          && (attribute.isEmpty() || value.equals(attributes.get(attribute)))) {
        return attributes;
      }
    }
    return Map.of();
  }

  @Override
  public void close() {
    connection.close();
  }

  private static List<RTCRtpCodecCapability> only(String codec, PeerConnectionFactory factory) {
    return factory.getRtpReceiverCapabilities(MediaType.VIDEO).getCodecs().stream()
        .filter(
            offered ->
                List.of("rtx", "flexfec-03", codec.toLowerCase())
                    .contains(offered.getName().toLowerCase()))
        .filter(offered -> !"0".equals(offered.getSDPFmtp().get("packetization-mode")))
        .toList();
  }

  private final class Observer implements PeerConnectionObserver {
    @Override
    public void onIceCandidate(RTCIceCandidate candidate) {}

    @Override
    public void onConnectionChange(RTCPeerConnectionState newState) {
      state = newState;
      if (newState == RTCPeerConnectionState.CONNECTED) {
        connected.complete(null);
      }
    }

    @Override
    public void onTrack(RTCRtpTransceiver transceiver) {
      MediaStreamTrack track = transceiver.getReceiver().getTrack();
      if (track instanceof VideoTrack video) {
        video.addSink(
            frame -> {
              width = frame.buffer.getWidth();
              frames.incrementAndGet();
            });
      } else if (track instanceof AudioTrack audio) {
        audio.addSink((data, bits, rate, channels, count) -> audioSamples.addAndGet(count));
      }
    }
  }

  private static final class Applied implements SetSessionDescriptionObserver {
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    @Override
    public void onSuccess() {
      done.complete(null);
    }

    @Override
    public void onFailure(String error) {
      done.completeExceptionally(new IllegalStateException(error));
    }
  }
}
