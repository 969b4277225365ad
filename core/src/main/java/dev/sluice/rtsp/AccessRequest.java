package dev.sluice.rtsp;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a peer that asks to publish or play a stream. Immutable.
 *
 * <p>{@link #toString()} leaves out the password and the query.
 */
public final class AccessRequest {

  private final String streamName;
  private final String rendition;
  private final InetSocketAddress remoteAddress;
  private final String query;
  private final @Nullable Credentials credentials;

  AccessRequest(
      String streamName,
      String rendition,
      InetSocketAddress remoteAddress,
      String query,
      @Nullable Credentials credentials) {
    this.streamName = streamName;
    this.rendition = rendition;
    this.remoteAddress = remoteAddress;
    this.query = query;
    this.credentials = credentials;
  }

  /** {@return the name of the stream: the path of the URI, decoded, in normalization form C} */
  public String streamName() {
    return streamName;
  }

  /**
   * {@return which encoding of the stream is to be published, {@link
   * dev.sluice.PublisherContext#MAIN} for the stream's own: the parameter {@code rendition} of the
   * query}
   */
  public String rendition() {
    return rendition;
  }

  /** {@return where the RTSP connection comes from} */
  public InetSocketAddress remoteAddress() {
    return remoteAddress;
  }

  /** {@return what follows the question mark in the URI, not decoded; empty without one} */
  public String query() {
    return query;
  }

  /** {@return the user name of its credentials, or null when the peer sent none} */
  public @Nullable String user() {
    return credentials == null ? null : credentials.user();
  }

  /**
   * Says whether the credentials, Digest (RFC 7616) or Basic (RFC 7617), were made with a password,
   * in a time that does not depend on it.
   *
   * @param expected the password it should be
   * @return whether it is; false when the peer sent no credentials
   */
  public boolean isPassword(String expected) {
    return credentials != null && credentials.isPassword(expected);
  }

  /**
   * {@return the password of Basic credentials, or null when the peer sent none, or Digest, which
   * does not tell it}
   */
  public @Nullable String password() {
    return credentials == null ? null : credentials.password();
  }

  @Override
  public String toString() {
    return "AccessRequest[streamName=" + streamName + ", remoteAddress=" + remoteAddress + "]";
  }
}
