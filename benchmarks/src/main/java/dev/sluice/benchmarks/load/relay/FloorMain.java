package dev.sluice.benchmarks.load.relay;

import dev.sluice.benchmarks.load.media.SyntheticVideo;
import dev.sluice.loop.Transport;
import dev.sluice.loop.UdpPort;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The least that any relay has to do: for each viewer, encrypt the packets of a frame, copy them
 * and send them as segmented datagrams, all of an event loop with one flush; no headers, no
 * sessions, no log. Event loops, sockets and pace are those of the engine.
 *
 * <pre>
 * start STREAMS KBIT FRAMERATE PORT...   begins to send to these ports of the loopback address
 * packets                                answers with the packets sent so far
 * stop                                   ends it
 * </pre>
 */
public final class FloorMain {
  private static final int RECEIVE_BATCH = 16;
  private static final int MAX_DATAGRAM = 2_048;
  private static final long SECOND = 1_000_000_000;

  private final EventLoopGroup group;
  private final List<Channel> channels = new ArrayList<>();
  private final List<FloorSender> senders = new ArrayList<>();

  private FloorMain(int loops) {
    Transport transport = Transport.best(true);
    group = transport.newEventLoops(loops, Executors.defaultThreadFactory());
    UdpPort port =
        new UdpPort(
            transport, PooledByteBufAllocator.DEFAULT, RECEIVE_BATCH, MAX_DATAGRAM, loops > 1);
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    for (EventExecutor loop : group) {
      Channel channel = port.bind((EventLoop) loop, address).syncUninterruptibly().channel();
      address = (InetSocketAddress) channel.localAddress();
      channels.add(channel);
    }
  }

  /**
   * Runs until standard input ends.
   *
   * @param args how many event loops
   * @throws Exception if standard input cannot be read
   */
  public static void main(String[] args) throws Exception {
    FloorMain floor = new FloorMain(Integer.parseInt(args[0]));
    ControlLoop.run(floor::handle);
    floor.group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private String handle(String verb, String[] arguments) {
    return switch (verb) {
      case "start" -> start(arguments);
      case "packets" -> Long.toString(senders.stream().mapToLong(FloorSender::packets).sum());
      case "stop" -> stop();
      default -> throw new IllegalArgumentException("no command " + verb);
    };
  }

  /** receivers are spread over streams and event loops in turn, as viewers are */
  private String start(String[] arguments) {
    int streams = Integer.parseInt(arguments[0]);
    SyntheticVideo video =
        new SyntheticVideo(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
    List<List<InetSocketAddress>> groups = new ArrayList<>();
    for (int i = 0; i < streams * channels.size(); i++) {
      groups.add(new ArrayList<>());
    }
    for (int i = 3; i < arguments.length; i++) {
      int receiver = i - 3;
      int loop = receiver / streams % channels.size();
      groups
          .get(loop * streams + receiver % streams)
          .add(
              new InetSocketAddress(
                  InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[i])));
    }
    for (int i = 0; i < groups.size(); i++) {
      FloorSender sender =
          new FloorSender(channels.get(i / streams), video, i % streams, groups.get(i));
      sender.start(SECOND / video.frameRate() / streams * (i % streams));
      senders.add(sender);
    }
    return "ok";
  }

  private String stop() {
    senders.forEach(FloorSender::stop);
    return "ok";
  }
}
