package dev.sluice.whep;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Options of a {@link WhepHandler}. Immutable. */
public final class WhepOptions {

  private final String pathPrefix;
  private final String pathSuffix;
  private final @Nullable String allowedOrigin;
  private final List<IceServer> iceServers;

  private WhepOptions(Builder builder) {
    pathPrefix = builder.pathPrefix;
    pathSuffix = builder.pathSuffix;
    allowedOrigin = builder.allowedOrigin;
    iceServers = List.copyOf(builder.iceServers);
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
     * @param suffix one segment without a slash
     * @return this builder
     * @throws IllegalArgumentException for another form
     */
    public Builder pathSuffix(String suffix) {
      if (!suffix.matches("[^/?#\\s]+")) {
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

    /** {@return the options} */
    public WhepOptions build() {
      return new WhepOptions(this);
    }
  }
}
