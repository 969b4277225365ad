package dev.sluice.sdp;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The direction of media as the describing side sees it (RFC 8866 section 6.7). */
public enum Direction {
  /** sends and receives; what holds when no direction is given */
  SENDRECV(true, true),
  /** sends only */
  SENDONLY(true, false),
  /** receives only */
  RECVONLY(false, true),
  /** neither sends nor receives */
  INACTIVE(false, false);

  private final boolean sends;
  private final boolean receives;

  Direction(boolean sends, boolean receives) {
    this.sends = sends;
    this.receives = receives;
  }

  /** {@return whether the describing side sends media} */
  public boolean sends() {
    return sends;
  }

  /** {@return whether the describing side receives media} */
  public boolean receives() {
    return receives;
  }

  /**
   * {@return the direction of a media description, that of the session when it has none}
   *
   * @param session the description that holds it
   * @param media one of its media descriptions
   */
  public static Direction of(SessionDescription session, MediaDescription media) {
    return of(media.lines(), of(session.session(), SENDRECV));
  }

  /** Returns the direction of a name, or null for any other name. */
  static @Nullable Direction named(String name) {
    for (Direction direction : values()) {
      if (direction.attribute().equals(name)) {
        return direction;
      }
    }
    return null;
  }

  private static Direction of(SdpLines lines, Direction otherwise) {
    for (Direction direction : values()) {
      if (lines.has(direction.attribute())) {
        return direction;
      }
    }
    return otherwise;
  }

  /** The name of the attribute that states this direction. */
  String attribute() {
    return name().toLowerCase(Locale.ROOT);
  }
}
