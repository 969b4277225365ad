package dev.sluice.rtsp;

/** How pulled media comes. */
public enum RtspTransport {
  /** over UDP, and over TCP where the server refuses UDP or nothing comes that way */
  AUTOMATIC,
  /** over UDP alone */
  UDP,
  /** interleaved in the RTSP connection alone */
  TCP
}
