package dev.sluice.loop;

import io.netty.channel.ChannelFactory;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.StandardSocketOptions;

/** The two ways to the network: Netty's native epoll, and NIO where that is not to be had. */
public enum Transport {
  /** Linux, native: batched reads and writes, segmentation offload */
  EPOLL,
  /** every platform */
  NIO;

  /**
   * The better one that runs here.
   *
   * @param allowNative whether the native one may be chosen
   */
  public static Transport best(boolean allowNative) {
    return allowNative && Epoll.isAvailable() ? EPOLL : NIO;
  }

  /**
   * The one a host's event loops are of.
   *
   * @param group event loops
   * @throws IllegalArgumentException for a group that is neither
   */
  public static Transport of(IoEventLoopGroup group) {
    if (group.isIoType(EpollIoHandler.class)) {
      return EPOLL;
    }
    if (group.isIoType(NioIoHandler.class)) {
      return NIO;
    }
    throw new IllegalArgumentException(
        "eventLoopGroup: " + group.getClass().getName() + " runs neither epoll nor NIO channels");
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

  /** {@return what drives an event loop of this kind} */
  public IoHandlerFactory ioHandlers() {
    return this == EPOLL ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
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
        ? () -> new EpollDatagramChannel(SocketProtocolFamily.INET)
        : EpollDatagramChannel::new;
  }

  /** {@return makes listening TCP channels} */
  public ChannelFactory<? extends ServerChannel> serverChannels() {
    return this == EPOLL ? EpollServerSocketChannel::new : NioServerSocketChannel::new;
  }
}
