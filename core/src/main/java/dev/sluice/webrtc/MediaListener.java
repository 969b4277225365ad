package dev.sluice.webrtc;

/** Hears what a viewer is sent, on its event loop. */
interface MediaListener {

  /** the first complete picture, or audio packet where there is no video, was sent */
  void firstFrameSent();

  /** pictures are left out that the link does not carry, or all are sent again */
  void thinned(boolean thinned);

  /** another encoding of the picture is sent from now on */
  void renditionChanged(String id);

  /** it fell behind what the log holds, and goes on at a keyframe */
  default void fellBehind() {}

  /** nothing in the log can be used to begin with, for some seconds; the advice is for the host */
  void noKeyframe(String advice);
}
