package dev.sluice.signalling;

import dev.sluice.PeerSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Options of a handler of WHIP or WHEP. Immutable.
 *
 * @param <S> its sessions
 */
public final class SignallingOptions<S extends PeerSession> {

  private final String pathPrefix;
  private final String pathSuffix;
  private final @Nullable String allowedOrigin;
  private final List<IceServer> iceServers;
  private final @Nullable Authorizer authorizer;
  private final Consumer<? super S> onSession;
  private final boolean trustForwarded;

  private SignallingOptions(Builder<S> builder) {
    pathPrefix = builder.pathPrefix;
    pathSuffix = builder.pathSuffix;
    allowedOrigin = builder.allowedOrigin;
    iceServers = List.copyOf(builder.iceServers);
    authorizer = builder.authorizer;
    onSession = builder.onSession;
    trustForwarded = builder.trustForwarded;
  }

  /**
   * Begins with the defaults.
   *
   * @param pathSuffix the segment that stands after the stream's name in a path
   * @return a builder
   * @param <S> the handler's sessions
   */
  public static <S extends PeerSession> Builder<S> builder(String pathSuffix) {
    return new Builder<S>().pathSuffix(pathSuffix);
  }

  String pathPrefix() {
    return pathPrefix;
  }

  String pathSuffix() {
    return pathSuffix;
  }

  @Nullable String allowedOrigin() {
    return allowedOrigin;
  }

  @Nullable Authorizer authorizer() {
    return authorizer;
  }

  Consumer<? super S> onSession() {
    return onSession;
  }

  boolean trustForwarded() {
    return trustForwarded;
  }

  /** Returns the value of the Link header field, empty for none. */
  String link() {
    return iceServers.stream().map(IceServer::link).collect(Collectors.joining(", "));
  }

  /**
   * Collects options. Not safe for use by several threads.
   *
   * @param <S> the handler's sessions
   */
  public static final class Builder<S extends PeerSession> {

    private String pathPrefix = "";
    private String pathSuffix = "";
    private @Nullable String allowedOrigin = "*";
    private final List<IceServer> iceServers = new ArrayList<>();
    private @Nullable Authorizer authorizer;
    private Consumer<? super S> onSession = session -> {};
    private boolean trustForwarded;

    private Builder() {}

    /**
     * Sets what stands before the stream's name in a path, such as {@code /live}. Default: nothing,
     * so that the endpoint of the stream {@code cam} is {@code /cam/whep} or {@code /cam/whip}.
     *
     * @param prefix empty, or segments that each begin with a slash
     * @return this builder
     * @throws IllegalArgumentException for another form
     */
    public Builder<S> pathPrefix(String prefix) {
      if (!prefix.matches("(/[^/?#\\s]+)*")) {
        throw new IllegalArgumentException("pathPrefix has to be like /live: " + prefix);
      }
      pathPrefix = prefix;
      return this;
    }

    /**
     * Sets the segment that stands after the stream's name in a path. Default: {@code whep} or
     * {@code whip}, as the protocol is called.
     *
     * @param suffix one segment without a slash or a colon
     * @return this builder
     * @throws IllegalArgumentException for another form
     */
    public Builder<S> pathSuffix(String suffix) {
      if (!suffix.matches("[^/:?#\\s]+")) {
        throw new IllegalArgumentException("pathSuffix has to be like whep: " + suffix);
      }
      pathSuffix = suffix;
      return this;
    }

    /**
     * Sets the web origin whose pages may use the handler (CORS). Default: {@code *}, which lets
     * pages of any origin play, or publish, what they can reach.
     *
     * @param origin an origin such as {@code https://player.example}, {@code *} for all, or null
     *     for none but the server's own
     * @return this builder
     * @throws IllegalArgumentException if it is not printable ASCII
     */
    public Builder<S> allowedOrigin(@Nullable String origin) {
      if (origin != null && !origin.matches("[!-~]+")) {
        throw new IllegalArgumentException("allowedOrigin has to be an origin: " + origin);
      }
      allowedOrigin = origin;
      return this;
    }

    /**
     * Adds a STUN or TURN server that peers are told of. Default: none; peers reach the relay
     * without, unless their network lets no UDP through.
     *
     * @param server the server
     * @return this builder
     */
    public Builder<S> iceServer(IceServer server) {
      iceServers.add(server);
      return this;
    }

    /**
     * Sets who decides about requests. Default: nobody, so that whoever reaches the handler may
     * watch, or publish.
     *
     * @param decides asked for each POST, and for each PATCH and DELETE of a session that exists
     * @return this builder
     */
    public Builder<S> authorizer(Authorizer decides) {
      authorizer = Objects.requireNonNull(decides);
      return this;
    }

    /**
     * Sets who is given each new session, before its peer has the answer. Default: nobody.
     *
     * @param host called on the thread that handles the request; what it throws is logged
     * @return this builder
     */
    public Builder<S> onSession(Consumer<? super S> host) {
      onSession = Objects.requireNonNull(host);
      return this;
    }

    /**
     * Sets whether a peer's address is the one that a proxy forwards (Forwarded, RFC 7239, or
     * X-Forwarded-For), the last one where there are several. Default: false. Turn it on only where
     * all requests come through a proxy that sets the field: anybody else can make it up.
     *
     * @param trusted whether the field is believed
     * @return this builder
     */
    public Builder<S> trustForwarded(boolean trusted) {
      trustForwarded = trusted;
      return this;
    }

    /** {@return the options} */
    public SignallingOptions<S> build() {
      return new SignallingOptions<>(this);
    }
  }
}
