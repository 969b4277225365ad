package dev.sluice.world;

import dev.sluice.Publisher;
import dev.sluice.PublisherContext;
import dev.sluice.RtpInput;
import dev.sluice.TrackDescription;
import dev.sluice.codec.Codec;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Packets that the host pushes, of which few are missing. */
final class HostUplink implements Uplink {
  private static final double LOST = 0.002;
  private static final List<TrackDescription> TRACKS =
      List.of(TrackDescription.of("video", Codec.VP8));

  private final Random random;
  private final List<Publisher> publishers = new ArrayList<>();
  private final List<RtpInput> inputs = new ArrayList<>();

  HostUplink(World world, String name, int encodings, Runnable onKeyframeRequest) {
    random = world.random;
    for (int i = 0; i < encodings; i++) {
      PublisherContext context = PublisherContext.HOST.withRendition(Offer.RIDS.get(i));
      Publisher publisher =
          i == 0
              ? world.streams.publish(name, TRACKS, context)
              : world.streams.publishRendition(name, TRACKS, context);
      publisher.onKeyframeRequest(onKeyframeRequest);
      publishers.add(publisher);
      inputs.add(publisher.rtp("video"));
    }
  }

  @Override
  public boolean isUp() {
    return !publishers.get(0).isClosed();
  }

  @Override
  public void write(int encoding, byte[] packet) {
    boolean displaced = publishers.get(encoding).isClosed();
    if (!displaced && random.nextDouble() >= LOST) {
      inputs.get(encoding).writeRtp(Unpooled.wrappedBuffer(packet, 0, packet.length));
    }
  }

  @Override
  public void flush() {
    inputs.forEach(RtpInput::flush);
  }

  @Override
  public void close() {
    publishers.forEach(Publisher::close);
  }
}
