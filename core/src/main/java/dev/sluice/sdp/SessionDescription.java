package dev.sluice.sdp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session description (RFC 8866): the session part and the media descriptions, in their order.
 *
 * @param session the lines before the first m= line
 * @param media the media descriptions
 */
public record SessionDescription(SdpLines session, List<MediaDescription> media) {

  /** How long the text of a description may be, in characters. */
  public static final int MAX_LENGTH = 65_536;

  /** Copies the list of media descriptions. */
  public SessionDescription {
    media = List.copyOf(media);
  }

  /**
   * Parses a session description. Any line end is accepted, empty lines are skipped, and line types
   * and attributes that are not known are kept.
   *
   * @param text the description, at most {@link #MAX_LENGTH} characters, 4,096 lines and 64 media
   *     descriptions
   * @return the description
   * @throws SdpException if it is malformed or too large
   */
  public static SessionDescription parse(String text) throws SdpException {
    SessionDescription description = SdpParser.parse(text);
    if (!"0".equals(description.session.line('v'))) {
      throw new SdpException("not a session description: it does not have the line v=0");
    }
    return description;
  }

  /**
   * {@return the value of an attribute of a media description, or else of the session part, or null
   * when neither has it}
   *
   * @param description one of {@link #media()}
   * @param name the attribute's name
   */
  public @Nullable String attribute(MediaDescription description, String name) {
    String value = description.lines().attribute(name);
    return value != null ? value : session.attribute(name);
  }

  /** {@return the description as text, with CRLF line ends} */
  public String write() {
    StringBuilder out = new StringBuilder(2_048);
    session.writeTo(out);
    for (MediaDescription description : media) {
      description.writeTo(out);
    }
    return out.toString();
  }
}
