package dev.sluice.sdp;

import dev.sluice.ice.IceCredentials;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The ICE attributes of one section (RFC 8839 section 5). */
final class IceAttributes {

  private static final String UFRAG = "ice-ufrag";
  private static final String PWD = "ice-pwd";
  private static final String CANDIDATE = "candidate";
  private static final String END_OF_CANDIDATES = "end-of-candidates";

  private IceAttributes() {}

  /** Returns the credentials, or null when the section has none. */
  static @Nullable IceCredentials credentials(SdpLines lines) throws SdpException {
    String ufrag = lines.attribute(UFRAG);
    String pwd = lines.attribute(PWD);
    if (ufrag == null && pwd == null) {
      return null;
    }
    if (ufrag == null || pwd == null) {
      throw new SdpException("a=ice-ufrag and a=ice-pwd have to stand together");
    }
    try {
      return new IceCredentials(ufrag, pwd);
    } catch (IllegalArgumentException e) {
      throw new SdpException("malformed ICE credentials: " + e.getMessage());
    }
  }

  /** Returns the user-name fragments of all media descriptions. */
  static Set<String> ufrags(SessionDescription description) {
    Set<String> ufrags = new HashSet<>();
    for (MediaDescription media : description.media()) {
      String ufrag = description.attribute(media, UFRAG);
      if (ufrag != null) {
        ufrags.add(ufrag);
      }
    }
    return ufrags;
  }

  /** Returns the candidates, each as {@code candidate:...}. */
  static List<String> candidates(SdpLines lines) {
    return lines.attributes(CANDIDATE).stream().map(value -> CANDIDATE + ':' + value).toList();
  }

  static boolean endOfCandidates(SdpLines lines) {
    return lines.has(END_OF_CANDIDATES);
  }

  static void writeOptions(SdpLines.Builder session) {
    session.attribute("ice-lite").attribute("ice-options", "ice2 trickle");
  }

  static void writeCredentials(SdpLines.Builder lines, IceCredentials credentials) {
    lines.attribute(UFRAG, credentials.ufrag()).attribute(PWD, credentials.pwd());
  }

  /** Writes all candidates there will be, each given as {@code candidate:...}. */
  static void writeCandidates(SdpLines.Builder lines, List<String> candidates) {
    for (String candidate : candidates) {
      if (!candidate.startsWith(CANDIDATE + ':')) {
        throw new IllegalArgumentException("not a candidate attribute: " + candidate);
      }
      lines.line('a', candidate);
    }
    lines.attribute(END_OF_CANDIDATES);
  }
}
