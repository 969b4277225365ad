package dev.sluice;

import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a publisher's media comes from. The engine keeps it, and makes no use of it but for the
 * rendition.
 *
 * @param protocol the door it came in by, in lower case: {@code host}, {@code rtsp}, and so on
 * @param remoteAddress who sends the media, or null where it is the host itself
 * @param user who it is, by the name that its door let it in under; null where nobody asked, and
 *     over WebRTC, where it is the attachment that the authorizer gave
 * @param attachment anything of the host's, or null
 * @param rendition what this encoding of the stream is called: an RFC 8851 restriction identifier
 *     where the peer gave it one, else {@link #MAIN}
 */
public record PublisherContext(
    String protocol,
    @Nullable InetSocketAddress remoteAddress,
    @Nullable String user,
    @Nullable Object attachment,
    String rendition) {

  /** the rendition of a publisher that knows of no other */
  public static final String MAIN = "main";

  /** the host's own code */
  public static final PublisherContext HOST = new PublisherContext("host", null, null, null);

  /**
   * Checks that the protocol and the rendition are there.
   *
   * @param protocol see above
   * @param remoteAddress see above
   * @param user see above
   * @param attachment see above
   * @param rendition see above
   */
  public PublisherContext {
    Objects.requireNonNull(protocol, "protocol");
    Objects.requireNonNull(rendition, "rendition");
  }

  /**
   * Where a stream's only encoding comes from.
   *
   * @param protocol see above
   * @param remoteAddress see above
   * @param user see above
   * @param attachment see above
   */
  public PublisherContext(
      String protocol,
      @Nullable InetSocketAddress remoteAddress,
      @Nullable String user,
      @Nullable Object attachment) {
    this(protocol, remoteAddress, user, attachment, MAIN);
  }

  /**
   * The same of another encoding.
   *
   * @param id what the encoding is called
   * @return the changed context
   */
  public PublisherContext withRendition(String id) {
    return new PublisherContext(protocol, remoteAddress, user, attachment, id);
  }
}
