package dev.sluice.whep;

import dev.sluice.Viewer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Options of a {@link WhepHandler}. Immutable. */
public final class WhepOptions {

  private final String pathPrefix;
  private final String pathSuffix;
  private final @Nullable String allowedOrigin;
  private final List<IceServer> iceServers;
  private final @Nullable WhepAuthorizer authorizer;
  private final Consumer<Viewer> onViewer;
  private final boolean trustForwarded;

  private WhepOptions(Builder builder) {
    pathPrefix = builder.pathPrefix;
    pathSuffix = builder.pathSuffix;
    allowedOrigin = builder.allowedOrigin;
    iceServers = List.copyOf(builder.iceServers);
    authorizer = builder.authorizer;
    onViewer = builder.onViewer;
    trustForwarded = builder.trustForwarded;
  }

  /** {@return a builder with the defaults} */
  public static Builder builder() {
    return new Builder();
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

  @Nullable WhepAuthorizer authorizer() {
    return authorizer;
  }

  Consumer<Viewer> onViewer() {
    return onViewer;
  }

  boolean trustForwarded() {
    return trustForwarded;
  }

  /** Returns the value of the Link header field, empty for none. */
  String link() {
    return iceServers.stream().map(IceServer::link).collect(Collectors.joining(", "));
  }

  /** Collects options. Not safe for use by several threads. */
  public static final class Builder {

    private String pathPrefix = "";
    private String pathSuffix = "whep";
    private @Nullable String allowedOrigin = "*";
    private final List<IceServer> iceServers = new ArrayList<>();
    private @Nullable WhepAuthorizer authorizer;
    private Consumer<Viewer> onViewer = viewer -> {};
    private boolean trustForwarded;

    private Builder() {}

    /**
     * Sets what stands before the stream's name in a path, such as {@code /live}. Default: nothing,
     * so that the endpoint of the stream {@code cam} is {@code /cam/whep}.
     *
     * @param prefix empty, or segments that each begin with a slash
     * @return this builder
     * @throws IllegalArgumentException for another form
     */
    public Builder pathPrefix(String prefix) {
      if (!prefix.matches("(/[^/?#\\s]+)*")) {
        throw new IllegalArgumentException("pathPrefix has to be like /live: " + prefix);
      }
      pathPrefix = prefix;
      return this;
    }

    /**
     * Sets the segment that stands after the stream's name in a path. Default: {@code whep}.
     *
     * @param suffix one segment without a slash or a colon
     * @return this builder
     * @throws IllegalArgumentException for another form
     */
    public Builder pathSuffix(String suffix) {
      if (!suffix.matches("[^/:?#\\s]+")) {
        throw new IllegalArgumentException("pathSuffix has to be like whep: " + suffix);
      }
      pathSuffix = suffix;
      return this;
    }

    /**
     * Sets the web origin whose pages may use the handler (CORS). Default: {@code *}, which lets
     * pages of any origin play what they can reach.
     *
     * @param origin an origin such as {@code https://player.example}, {@code *} for all, or null
     *     for none but the server's own
     * @return this builder
     * @throws IllegalArgumentException if it is not printable ASCII
     */
    public Builder allowedOrigin(@Nullable String origin) {
      if (origin != null && !origin.matches("[!-~]+")) {
        throw new IllegalArgumentException("allowedOrigin has to be an origin: " + origin);
      }
      allowedOrigin = origin;
      return this;
    }

    /**
     * Adds a STUN or TURN server that players are told of. Default: none; players reach the relay
     * without, unless their network lets no UDP through.
     *
     * @param server the server
     * @return this builder
     */
    public Builder iceServer(IceServer server) {
      iceServers.add(server);
      return this;
    }

    /**
     * Sets who decides about requests. Default: nobody, so that whoever reaches the handler may
     * watch.
     *
     * @param decides asked for each POST, and for each PATCH and DELETE of a session that exists
     * @return this builder
     */
    public Builder authorizer(WhepAuthorizer decides) {
      authorizer = Objects.requireNonNull(decides);
      return this;
    }

    /**
     * Sets who is given each new viewer, before it has its answer. Default: nobody.
     *
     * @param host called on the thread that handles the request; what it throws is logged
     * @return this builder
     */
    public Builder onViewer(Consumer<Viewer> host) {
      onViewer = Objects.requireNonNull(host);
      return this;
    }

    /**
     * Sets whether a viewer's address is the one that a proxy forwards (Forwarded, RFC 7239, or
     * X-Forwarded-For), the last one where there are several. Default: false. Turn it on only where
     * all requests come through a proxy that sets the field: anybody else can make it up.
     *
     * @param trusted whether the field is believed
     * @return this builder
     */
    public Builder trustForwarded(boolean trusted) {
      trustForwarded = trusted;
      return this;
    }

    /** {@return the options} */
    public WhepOptions build() {
      return new WhepOptions(this);
    }
  }
}
