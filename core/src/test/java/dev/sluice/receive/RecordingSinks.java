package dev.sluice.receive;

import dev.sluice.PublisherContext;
import dev.sluice.TrackDescription;
import dev.sluice.rtp.RtpPacket;
import io.netty.buffer.ByteBufUtil;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongConsumer;

/** Stands for the engine and remembers what it is given. */
public final class RecordingSinks implements MediaSink.Opener {
  public final List<Sink> opened = new CopyOnWriteArrayList<>();
  public final List<String> refusals = new CopyOnWriteArrayList<>();
  public volatile boolean refusing;
  public volatile boolean broken;

  @Override
  public MediaSink open(
      String streamName,
      List<TrackDescription> tracks,
      PublisherContext context,
      Runnable keyframeRequest) {
    if (refusing) {
      throw new IllegalStateException("closed");
    }
    if (broken) {
      throw new LinkageError("broken");
    }
    Sink sink = new Sink(streamName, tracks, context, keyframeRequest);
    opened.add(sink);
    return sink;
  }

  @Override
  public void refused(String streamName, InetSocketAddress remoteAddress, String reason) {
    refusals.add(streamName + ": " + reason);
  }

  /** The sink of the session that was opened first. */
  public Sink first() {
    return opened.get(0);
  }

  /** What one session wrote; may be read by any thread. */
  public static final class Sink implements MediaSink {
    public final String streamName;
    public final List<TrackDescription> tracks;
    public final PublisherContext context;
    public final Runnable keyframeRequest;
    public final List<Packet> packets = new CopyOnWriteArrayList<>();
    public final List<String> senderReports = new CopyOnWriteArrayList<>();
    public final List<Integer> flushed = new ArrayList<>();
    public volatile LongConsumer bitrateHint = bitrate -> {};
    public volatile boolean superseded;
    public volatile boolean closed;

    Sink(
        String streamName,
        List<TrackDescription> tracks,
        PublisherContext context,
        Runnable keyframeRequest) {
      this.streamName = streamName;
      this.tracks = tracks;
      this.context = context;
      this.keyframeRequest = keyframeRequest;
    }

    @Override
    public void writeRtp(int track, RtpPacket packet, int lostBefore) {
      byte[] payload =
          ByteBufUtil.getBytes(packet.buffer(), packet.payloadOffset(), packet.payloadLength());
      packets.add(new Packet(track, packet.sequenceNumber(), lostBefore, payload));
    }

    @Override
    public void senderReport(int track, long ntpTimestamp, int rtpTimestamp) {
      senderReports.add(
          track + ":" + Long.toHexString(ntpTimestamp) + ":" + Integer.toHexString(rtpTimestamp));
    }

    @Override
    public void onBitrateHint(LongConsumer listener) {
      bitrateHint = listener;
    }

    /** Remembers how many packets there were. */
    @Override
    public void flush() {
      flushed.add(packets.size());
    }

    @Override
    public boolean isClosed() {
      return superseded;
    }

    @Override
    public boolean isReplaced() {
      return superseded;
    }

    @Override
    public void close() {
      closed = true;
    }

    public List<Integer> sequenceNumbers(int track) {
      return packets.stream().filter(p -> p.track == track).map(Packet::sequenceNumber).toList();
    }

    public List<Integer> lostBefore(int track) {
      return packets.stream().filter(p -> p.track == track).map(Packet::lostBefore).toList();
    }
  }

  public record Packet(int track, int sequenceNumber, int lostBefore, byte[] payload) {}
}
