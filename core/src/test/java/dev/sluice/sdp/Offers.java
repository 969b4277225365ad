package dev.sluice.sdp;

/** Offers as real peers made them. */
enum Offers {
  /** Chromium 156, video then audio, default bundle policy */
  CHROMIUM("chromium.sdp"),
  /** Chromium 156, audio, video, a second video that also sends, a data channel */
  CHROMIUM_AUDIO_FIRST("chromium-audio-first-datachannel.sdp"),
  /** Firefox 153, the H.264 formats of a build with OpenH264 among its video formats */
  FIREFOX("firefox.sdp"),
  /** GStreamer 1.22, bundle-policy max-bundle: the audio is bundle-only, H.264 without fmtp */
  GSTREAMER("gstreamer-max-bundle.sdp"),
  /** GStreamer 1.22, bundle-policy none: each media has a transport of its own */
  GSTREAMER_UNBUNDLED("gstreamer-no-bundle.sdp");

  private final String resource;

  Offers(String resource) {
    this.resource = resource;
  }

  String text() {
    return OfferTexts.read(resource);
  }
}
