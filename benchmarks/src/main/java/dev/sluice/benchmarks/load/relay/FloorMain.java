package dev.sluice.benchmarks.load.relay;

import dev.sluice.benchmarks.load.media.SyntheticVideo;
import dev.sluice.loop.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The least that any relay has to do: for each viewer, encrypt the packets of a frame, copy them
 * and send them as segmented datagrams, all with one flush; no headers, no sessions, no log.
 *
 * <pre>
 * start KBIT FRAMERATE PORT...   begins to send to these ports of the loopback address
 * packets                        answers with the packets sent so far
 * stop                           ends it
 * </pre>
 */
public final class FloorMain {
  private final MultiThreadIoEventLoopGroup group;
  private final Channel channel;
  private @Nullable FloorSender sender;

  private FloorMain() {
    Transport transport = Transport.best(true);
    group = new MultiThreadIoEventLoopGroup(1, transport.ioHandlers());
    channel =
        new Bootstrap()
            .group(group)
            .channelFactory(transport.datagramChannels(InetAddress.getLoopbackAddress()))
            .handler(new ChannelInboundHandlerAdapter())
            .bind(InetAddress.getLoopbackAddress(), 0)
            .syncUninterruptibly()
            .channel();
  }

  /**
   * Runs until standard input ends.
   *
   * @param args none
   * @throws Exception if standard input cannot be read
   */
  public static void main(String[] args) throws Exception {
    FloorMain floor = new FloorMain();
    ControlLoop.run(floor::handle);
    floor.group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private String handle(String verb, String[] arguments) {
    return switch (verb) {
      case "start" -> start(arguments);
      case "packets" -> Long.toString(sender == null ? 0 : sender.packets());
      case "stop" -> stop();
      default -> throw new IllegalArgumentException("no command " + verb);
    };
  }

  private String start(String[] arguments) {
    SyntheticVideo video =
        new SyntheticVideo(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
    InetSocketAddress[] receivers =
        Arrays.stream(arguments, 2, arguments.length)
            .map(p -> new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(p)))
            .toArray(InetSocketAddress[]::new);
    sender = new FloorSender(channel, video, receivers);
    sender.start();
    return "ok";
  }

  private String stop() {
    if (sender != null) {
      sender.stop();
    }
    return "ok";
  }
}
