package dev.sluice.sdp;

import dev.sluice.ice.IceCredentials;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fragment of a session description that carries ICE candidates, the body of type {@code
 * application/trickle-ice-sdpfrag} (RFC 8840 section 9).
 */
public final class TrickleFragment {

  private final SessionDescription sdp;
  private final @Nullable IceCredentials credentials;

  private TrickleFragment(SessionDescription sdp, @Nullable IceCredentials credentials) {
    this.sdp = sdp;
    this.credentials = credentials;
  }

  /**
   * Parses a fragment. It is read as the one of a single transport: the first credentials found, in
   * the session part or in a media description, are those of the fragment.
   *
   * @param text the fragment, bounded like a session description
   * @return the fragment
   * @throws SdpException if it is malformed or too large
   */
  public static TrickleFragment parse(String text) throws SdpException {
    SessionDescription sdp = SdpParser.parse(text);
    IceCredentials credentials = IceAttributes.credentials(sdp.session());
    for (MediaDescription media : sdp.media()) {
      IceCredentials own = IceAttributes.credentials(media.lines());
      credentials = credentials == null ? own : credentials;
    }
    return new TrickleFragment(sdp, credentials);
  }

  /** {@return the credentials of the ICE session, or null when the fragment has none} */
  public @Nullable IceCredentials credentials() {
    return credentials;
  }

  /** {@return the candidates of all media, each as {@code candidate:...}} */
  public List<String> candidates() {
    List<String> candidates = new ArrayList<>(IceAttributes.candidates(sdp.session()));
    for (MediaDescription media : sdp.media()) {
      candidates.addAll(IceAttributes.candidates(media.lines()));
    }
    return candidates;
  }

  /** {@return whether the peer says that no candidate will follow} */
  public boolean endOfCandidates() {
    return IceAttributes.endOfCandidates(sdp.session())
        || sdp.media().stream().anyMatch(media -> IceAttributes.endOfCandidates(media.lines()));
  }

  /**
   * Writes the fragment with which an ICE-lite agent answers this one after an ICE restart (RFC
   * 9725 section 4.3.3).
   *
   * @param local the new local credentials
   * @param candidates all local candidates, each as {@code candidate:...}
   * @return the fragment
   */
  public String answer(IceCredentials local, List<String> candidates) {
    SdpLines.Builder session = new SdpLines.Builder();
    IceAttributes.writeOptions(session);
    String group = sdp.session().attribute("group");
    if (group != null) {
      session.attribute("group", group);
    }
    if (sdp.media().isEmpty()) {
      IceAttributes.writeCredentials(session, local);
      IceAttributes.writeCandidates(session, candidates);
      return new SessionDescription(session.build(), List.of()).write();
    }
    MediaDescription media = sdp.media().get(0);
    SdpLines.Builder lines = new SdpLines.Builder();
    if (media.mid() != null) {
      lines.attribute("mid", media.mid());
    }
    IceAttributes.writeCredentials(lines, local);
    IceAttributes.writeCandidates(lines, candidates);
    MediaDescription answer =
        new MediaDescription(
            media.media(), media.port(), media.protocol(), media.formats(), lines.build());
    return new SessionDescription(session.build(), List.of(answer)).write();
  }
}
