package dev.sluice.rtsp;

import dev.sluice.receive.RtcpEndpoint;
import dev.sluice.rtcp.ReportScheduler;
import dev.sluice.spi.StreamReader;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The media of a session that plays. What the peer does not take stays in the stream's logs: its
 * connection's queue is bounded, and it goes on at a keyframe.
 */
final class PlayMedia implements SessionTraffic {
  private static final int MOST_PACKETS_AT_ONCE = 256;

  private final ServerContext server;
  private final RtspConnection connection;
  private final byte[] cname;
  private final List<PlayTrack> tracks = new ArrayList<>();
  private @Nullable StreamReader reader;
  private @Nullable ReportScheduler reports;
  private long lastPublished;
  private boolean playing;

  PlayMedia(ServerContext server, RtspConnection connection, String cname) {
    this.server = server;
    this.connection = connection;
    this.cname = cname.getBytes(StandardCharsets.US_ASCII);
  }

  void add(PlayTrack track) {
    tracks.add(track);
  }

  boolean hasTracks() {
    return !tracks.isEmpty();
  }

  boolean isChannelTaken(int channel) {
    return tracks.stream().anyMatch(track -> track.uses(channel));
  }

  /** Begins or resumes to send. */
  void play(StreamReader stream) {
    long now = server.clock().getAsLong();
    reader = stream;
    reports = new ReportScheduler(server.options().reportIntervalNanos(), server.random(), now);
    lastPublished = now;
    playing = true;
    connection.wakeNoLaterThan(reports.nextTimeout());
  }

  void pause() {
    playing = false;
  }

  @Override
  public boolean isRecording() {
    return false;
  }

  @Override
  public boolean isPlaying() {
    return playing;
  }

  @Override
  public void onWritable() {
    send();
  }

  /** Sends what is new; the rest a moment later where it is much. */
  void send() {
    StreamReader stream = reader;
    if (stream == null || !playing) {
      return;
    }
    boolean more = false;
    for (PlayTrack track : tracks) {
      boolean first = !track.hasSent();
      int sent = track.send(MOST_PACKETS_AT_ONCE);
      more |= sent == MOST_PACKETS_AT_ONCE;
      if (first && sent > 0) {
        track.report(stream, cname, false);
      }
    }
    if (more) {
      connection.eventLoop().execute(() -> connection.run(this::send));
    }
  }

  @Override
  public int frameLimit(int channel) {
    return isChannelTaken(channel)
        ? RtcpEndpoint.MAX_RECEIVED
        : InterleavedRtspDecoder.UNKNOWN_CHANNEL;
  }

  /** Receiver reports: that the peer is there is all they tell. */
  @Override
  public boolean onFrame(int channel, ByteBuf frame, long nowNanos) {
    return isChannelTaken(channel);
  }

  @Override
  public void handleTimeout(long nowNanos) {
    ReportScheduler schedule = reports;
    StreamReader stream = reader;
    if (schedule == null || stream == null) {
      return;
    }
    if (schedule.isDue(nowNanos)) {
      report(stream, false);
      schedule.onSent(nowNanos);
    }
    lastPublished = stream.isPublished() ? nowNanos : lastPublished;
    if (nowNanos - lastPublished > server.options().mediaTimeoutNanos()) {
      report(stream, true);
      connection.close("nobody publishes what it plays");
    } else {
      connection.wakeNoLaterThan(schedule.nextTimeout());
    }
  }

  private void report(StreamReader stream, boolean bye) {
    for (PlayTrack track : tracks) {
      if (track.hasSent()) {
        track.report(stream, cname, bye);
      }
    }
  }

  void close() {
    playing = false;
    tracks.forEach(PlayTrack::close);
    tracks.clear();
  }
}
