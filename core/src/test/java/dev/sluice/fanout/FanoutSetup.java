package dev.sluice.fanout;

import dev.sluice.RetransmissionBuffer;
import dev.sluice.codec.Codec;
import dev.sluice.log.LogLimits;
import dev.sluice.log.PacketLog;
import dev.sluice.log.SegmentPool;
import dev.sluice.loop.UdpSocket;
import dev.sluice.stream.Track;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** A fan-out in virtual time, its way out and its publishers. */
abstract class FanoutSetup {
  static final SenderParameters PARAMETERS = new SenderParameters(96, 1, -1, 0, -1, "0", -1);

  long now;
  final Queue<Runnable> tasks = new ArrayDeque<>();
  final Queue<Runnable> delayed = new ArrayDeque<>();
  final EmbeddedChannel channel = new EmbeddedChannel();
  final UdpSocket socket = new UdpSocket(channel, false, 1_000);
  final Egress egress = new Egress(socket);
  final Track track = new Track("video", Codec.H264, 0);
  final Pacer pacer = new Pacer(delayed::add);
  final Fanout fanout = new Fanout(track, tasks::add, egress, pacer, () -> now);

  PacketLog source() {
    PacketLog log =
        new PacketLog(new SegmentPool(0), new LogLimits(4_096, 1 << 20, 1L << 40, true));
    track.source(log, null);
    return log;
  }

  void leave(PacketLog log) {
    track.closeWhenRead(log);
    track.source(null, null);
  }

  TrackSender sender(boolean startAtHeldKeyframe) {
    return sender(new ClearTransport(socket), null, startAtHeldKeyframe);
  }

  static TrackSender sender(ClearTransport transport, RetransmissionBuffer buffer) {
    return sender(transport, buffer, true);
  }

  static TrackSender sender(
      ClearTransport transport, RetransmissionBuffer buffer, boolean startAtHeldKeyframe) {
    return new TrackSender(
        transport,
        new Track("video", Codec.H264, 0),
        PARAMETERS,
        new Retransmitter(null, buffer, PARAMETERS, 0),
        new StartRule(startAtHeldKeyframe, Long.MAX_VALUE),
        0,
        0);
  }

  void frame(PacketLog log, boolean keyframe) {
    packet(log, keyframe, 0, true);
  }

  void packet(PacketLog log, boolean keyframe, int timestamp, boolean marker) {
    log.now(now);
    log.open(100);
    log.commit(100, timestamp, marker);
    if (keyframe) {
      log.keyframe(log.position() - 1);
    }
    log.publish();
  }

  void passSpan() {
    now += Burst.SPAN_NANOS;
    for (int i = delayed.size(); i > 0; i--) {
      delayed.remove().run();
    }
    runTasks();
  }

  void runTasks() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  int sent() {
    return receivers().size();
  }

  List<InetSocketAddress> receivers() {
    List<InetSocketAddress> receivers = new ArrayList<>();
    for (DatagramPacket packet = channel.readOutbound();
        packet != null;
        packet = channel.readOutbound()) {
      receivers.add(packet.recipient());
      ReferenceCountUtil.release(packet);
    }
    return receivers;
  }
}
