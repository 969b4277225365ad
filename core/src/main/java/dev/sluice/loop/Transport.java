package dev.sluice.loop;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two ways to the network: Netty's native epoll, and NIO where that is not to be had.
 *
 * <p>Made of what Netty 4.1 and 4.2 have in common, some of which 4.2 deprecates.
 */
@SuppressWarnings("deprecation")
public enum Transport {
  /** Linux, native: batched reads and writes, segmentation offload */
  EPOLL,
  /** every platform */
  NIO;

  private static final Logger LOG = LoggerFactory.getLogger(Transport.class);
  static final ChannelOption<RecvByteBufAllocator> RECEIVE_BUFFERS = ChannelOption.RCVBUF_ALLOCATOR;

  /**
   * The better one that runs here; says so when Linux has to do without its own.
   *
   * @param allowNative whether the native one may be chosen
   */
  public static Transport best(boolean allowNative) {
    if (allowNative && Epoll.isAvailable()) {
      return EPOLL;
    }
    if (allowNative && System.getProperty("os.name").equals("Linux")) {
      warnOfNio(Epoll.unavailabilityCause());
    }
    return NIO;
  }

  private static void warnOfNio(Throwable cause) {
    LOG.warn(
        "On NIO, which costs more for each packet than Linux's epoll: {}. The library for {} is in"
            + " netty-transport-native-epoll (classifiers linux-x86_64 and linux-aarch_64), of the"
            + " version of the other Netty jars; on the module path it takes --add-modules"
            + " io.netty.transport.epoll.linux.x86_64 or .aarch_64; where it cannot be written to"
            + " the temporary directory or run from there, -Dio.netty.native.workdir=... names"
            + " another",
        cause.getMessage(),
        System.getProperty("os.arch"));
    LOG.debug("Netty's native epoll is not available", cause);
  }

  /**
   * The one a host's event loops are of. That shows when a channel is registered: no class tells it
   * in both lines of Netty, nor behind a group that wraps another.
   *
   * @param group event loops, none of which the caller runs on
   * @throws IllegalArgumentException for a group that is shut down or runs neither
   */
  public static Transport of(EventLoopGroup group) {
    if (group.isShuttingDown()) {
      throw new IllegalArgumentException("eventLoops: the group is shut down");
    }
    if (Epoll.isAvailable() && takes(group, new EpollDatagramChannel())) {
      return EPOLL;
    }
    if (takes(group, new NioDatagramChannel())) {
      return NIO;
    }
    throw new IllegalArgumentException(
        "eventLoops: " + group.getClass().getName() + " runs neither epoll nor NIO channels");
  }

  private static boolean takes(EventLoopGroup group, Channel channel) {
    boolean registered = group.register(channel).awaitUninterruptibly().isSuccess();
    if (registered) {
      channel.close().awaitUninterruptibly();
    } else {
      channel.unsafe().closeForcibly();
    }
    return registered;
  }

  /**
   * {@return whether several sockets can be bound to one UDP port here (SO_REUSEPORT), so that each
   * event loop has its own}
   */
  public boolean canSharePort() {
    if (this == EPOLL) {
      return true;
    }
    try (DatagramSocket socket = new DatagramSocket(null)) {
      return socket.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT);
    } catch (SocketException e) {
      return false;
    }
  }

  /**
   * Starts event loops of this kind.
   *
   * @param count how many
   * @param threads makes a thread for each
   */
  public EventLoopGroup newEventLoops(int count, ThreadFactory threads) {
    return this == EPOLL
        ? new EpollEventLoopGroup(count, threads)
        : new NioEventLoopGroup(count, threads);
  }

  /**
   * What makes UDP channels. The native transport takes an IPv4 socket for an IPv4 address, which
   * spares each datagram the way through the mapped addresses of an IPv6 one.
   *
   * @param local address that the channel will be bound to
   */
  public ChannelFactory<? extends DatagramChannel> datagramChannels(InetAddress local) {
    if (this == NIO) {
      return NioDatagramChannel::new;
    }
    return local instanceof Inet4Address
        ? () -> new EpollDatagramChannel(InternetProtocolFamily.IPv4)
        : EpollDatagramChannel::new;
  }

  /** {@return makes TCP channels that connect} */
  public ChannelFactory<? extends Channel> clientChannels() {
    return this == EPOLL ? EpollSocketChannel::new : NioSocketChannel::new;
  }

  /** {@return makes listening TCP channels} */
  public ChannelFactory<? extends ServerChannel> serverChannels() {
    return this == EPOLL ? EpollServerSocketChannel::new : NioServerSocketChannel::new;
  }
}
