package dev.sluice.rtsp;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a peer that asks to publish a stream. Immutable.
 *
 * <p>{@link #toString()} leaves out the password and the query.
 */
public final class PublishRequest {

  private final String streamName;
  private final InetSocketAddress remoteAddress;
  private final String query;
  private final @Nullable BasicCredentials credentials;

  PublishRequest(
      String streamName,
      InetSocketAddress remoteAddress,
      String query,
      @Nullable BasicCredentials credentials) {
    this.streamName = streamName;
    this.remoteAddress = remoteAddress;
    this.query = query;
    this.credentials = credentials;
  }

  /** {@return the name of the stream, from the path of the URI} */
  public String streamName() {
    return streamName;
  }

  /** {@return where the RTSP connection comes from} */
  public InetSocketAddress remoteAddress() {
    return remoteAddress;
  }

  /** {@return what follows the question mark in the URI, not decoded; empty without one} */
  public String query() {
    return query;
  }

  /** {@return the user name of Basic credentials (RFC 7617), or null when the peer sent none} */
  public @Nullable String user() {
    return credentials == null ? null : credentials.user();
  }

  /**
   * Compares the password of the Basic credentials in a time that does not depend on it.
   *
   * @param expected the password it should be
   * @return whether it is; false when the peer sent no credentials
   */
  public boolean isPassword(String expected) {
    return credentials != null
        && MessageDigest.isEqual(
            credentials.password().getBytes(StandardCharsets.UTF_8),
            expected.getBytes(StandardCharsets.UTF_8));
  }

  /** {@return the password of Basic credentials, or null when the peer sent none} */
  public @Nullable String password() {
    return credentials == null ? null : credentials.password();
  }

  @Override
  public String toString() {
    return "PublishRequest[streamName=" + streamName + ", remoteAddress=" + remoteAddress + "]";
  }
}
