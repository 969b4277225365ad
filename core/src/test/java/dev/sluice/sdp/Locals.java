package dev.sluice.sdp;

import dev.sluice.codec.Choices;
import dev.sluice.ice.IceCredentials;
import dev.sluice.rtp.h264.ProfileLevelId;
import dev.sluice.srtp.dtls.Fingerprint;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The answering side of the tests. */
final class Locals {

  static final IceCredentials CREDENTIALS = new IceCredentials("loca", "localpasswordlocalpasswd");
  static final Fingerprint FINGERPRINT =
      Objects.requireNonNull(Fingerprint.parse("sha-256 01" + ":23".repeat(31)));
  static final String CANDIDATE = "candidate:1 1 udp 2130706431 127.0.0.1 8189 typ host";
  static final LocalTrack AUDIO =
      new LocalTrack("a0", "audio", Choices.opus(false), 0x1111, 0x2222);
  static final LocalTrack VIDEO = video("42c01e");

  private Locals() {}

  static LocalTrack video(String profileLevelId) {
    return new LocalTrack(
        "v0",
        "video",
        Choices.h264(ProfileLevelId.parse(profileLevelId)),
        0xFFFF_FFFE,
        0xFFFF_FFFF);
  }

  static LocalDescription with(LocalTrack... tracks) {
    return sending(EnumSet.of(Feedback.NACK, Feedback.PLI, Feedback.FIR), tracks);
  }

  static LocalDescription withoutRetransmission(LocalTrack... tracks) {
    return sending(EnumSet.of(Feedback.PLI, Feedback.FIR), tracks);
  }

  static LocalDescription countingTransportWide(LocalTrack... tracks) {
    return of(
        Direction.SENDONLY,
        EnumSet.allOf(Feedback.class),
        Set.of(HeaderExtension.MID, HeaderExtension.TRANSPORT_CC),
        tracks);
  }

  static LocalDescription receiving(LocalTrack... tracks) {
    return of(
        Direction.RECVONLY,
        EnumSet.allOf(Feedback.class),
        Set.of(HeaderExtension.MID, HeaderExtension.RID, HeaderExtension.TRANSPORT_CC),
        tracks);
  }

  private static LocalDescription sending(Set<Feedback> feedback, LocalTrack... tracks) {
    return of(Direction.SENDONLY, feedback, Set.of(HeaderExtension.MID), tracks);
  }

  private static LocalDescription of(
      Direction direction, Set<Feedback> feedback, Set<String> extensions, LocalTrack... tracks) {
    return new LocalDescription(
        4711,
        "stream",
        "cname",
        CREDENTIALS,
        FINGERPRINT,
        List.of(CANDIDATE),
        direction,
        List.of(tracks),
        feedback,
        extensions);
  }
}
