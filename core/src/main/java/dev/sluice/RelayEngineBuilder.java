package dev.sluice;

import io.netty.channel.EventLoopGroup;
import org.jspecify.annotations.Nullable;

/** Collects options; {@link #build()} checks them and starts the engine. */
public final class RelayEngineBuilder {
  private NetworkOptions network = NetworkOptions.DEFAULT;
  private EgressOptions egress = EgressOptions.DEFAULT;
  private HistoryOptions history = HistoryOptions.DEFAULT;
  private Retransmission retransmission = Retransmission.SHARED_HISTORY;
  private RateOptions rate = RateOptions.DEFAULT;
  private MediaOptions media = MediaOptions.DEFAULT;
  private SessionOptions session = SessionOptions.DEFAULT;
  private RelayListener listener = new RelayListener() {};
  private @Nullable EventLoopGroup eventLoops;

  RelayEngineBuilder() {}

  /**
   * Sets what a named set of options says; options set afterwards change it.
   *
   * @param set the set
   * @return this
   */
  public RelayEngineBuilder optionSet(OptionSet set) {
    retransmission = set.retransmission();
    rate = set.rate();
    history = set.history();
    return this;
  }

  /**
   * Sets sockets and threads.
   *
   * @param options see there
   * @return this
   */
  public RelayEngineBuilder network(NetworkOptions options) {
    network = options;
    return this;
  }

  /**
   * Sets how datagrams leave.
   *
   * @param options see there
   * @return this
   */
  public RelayEngineBuilder egress(EgressOptions options) {
    egress = options;
    return this;
  }

  /**
   * Sets what logs keep.
   *
   * @param options see there
   * @return this
   */
  public RelayEngineBuilder history(HistoryOptions options) {
    history = options;
    return this;
  }

  /**
   * Sets how lost packets are sent again.
   *
   * @param options see there
   * @return this
   */
  public RelayEngineBuilder retransmission(Retransmission options) {
    retransmission = options;
    return this;
  }

  /**
   * Sets how a stream is fitted to what a viewer's link carries.
   *
   * @param options see there
   * @return this
   */
  public RelayEngineBuilder rate(RateOptions options) {
    rate = options;
    return this;
  }

  /**
   * Sets what is done to the media of publishers.
   *
   * @param options see there
   * @return this
   */
  public RelayEngineBuilder media(MediaOptions options) {
    media = options;
    return this;
  }

  /**
   * Sets limits, times and ciphers of viewers' sessions.
   *
   * @param options see there
   * @return this
   */
  public RelayEngineBuilder session(SessionOptions options) {
    session = options;
    return this;
  }

  /**
   * Sets who hears of events.
   *
   * @param host called on the engine's threads
   * @return this
   */
  public RelayEngineBuilder listener(RelayListener host) {
    listener = host;
    return this;
  }

  /**
   * Sets event loops of the host's, which the engine shares and never shuts down. The options of
   * {@link NetworkOptions} on threads and transport then have no effect.
   *
   * @param group of epoll or NIO loops
   * @return this
   */
  public RelayEngineBuilder eventLoops(EventLoopGroup group) {
    eventLoops = group;
    return this;
  }

  /**
   * Checks the options and starts an engine with them.
   *
   * @return the running engine
   * @throws IllegalArgumentException for a bad option; the message names it, its value and what is
   *     allowed
   * @throws java.io.UncheckedIOException if the address cannot be bound
   * @throws IllegalStateException if Netty's jars are missing, too old or of several versions; the
   *     message names them and says what to write into the build
   */
  public RelayEngine build() {
    NettyCheck.run();
    EngineConfiguration configuration =
        new EngineConfiguration(
            network, egress, history, retransmission, rate, media, session, listener, eventLoops);
    configuration.validate();
    return RelayEngineProvider.installed().start(configuration);
  }
}
