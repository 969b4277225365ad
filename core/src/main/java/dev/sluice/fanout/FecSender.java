package dev.sluice.fanout;

import dev.sluice.loop.Counter;
import dev.sluice.rate.Protection;
import dev.sluice.rate.ProtectionNeed;
import org.jspecify.annotations.Nullable;

/**
 * One viewer's forward error correction of a track: repair packets behind the blocks that it was
 * sent whole, while its link makes that worth it. On the viewer's event loop, but for the figures.
 */
public final class FecSender {
  private final SenderTransport transport;
  private final int protectedSsrc;
  private final FecStream stream;
  private final ProtectionNeed need = new ProtectionNeed();
  private final Counter packets = new Counter();
  private final Counter bytes = new Counter();
  private @Nullable ParityBlocks read;
  private long nextBlock;

  FecSender(SenderTransport transport, SenderParameters parameters, int firstSequence) {
    this.transport = transport;
    protectedSsrc = parameters.ssrc();
    stream = new FecStream(parameters, firstSequence);
  }

  /** {@return repair packets; any thread} */
  public long packets() {
    return packets.get();
  }

  /** {@return bytes of those, with headers and protection; any thread} */
  public long bytes() {
    return bytes.get();
  }

  /**
   * Takes a report block on the track.
   *
   * @param nowNanos the engine's clock
   * @param fractionLost share of packets lost since the report before, in 1/256
   * @param roundTripNanos round trip by the newest report that told it, -1 while unknown
   */
  public void onReport(long nowNanos, int fractionLost, long roundTripNanos) {
    double more = isNeeded() ? 0 : Protection.STRONG.share();
    boolean room = transport.link().carries(1 + more, nowNanos);
    need.onReport(fractionLost, roundTripNanos, room);
    if (!isNeeded()) {
      read = null;
    }
  }

  boolean isNeeded() {
    return need.level() != Protection.NONE;
  }

  /** sends what protects the blocks that the viewer was sent since the last time */
  void follow(TrackSender sender, ParityBlocks blocks, Egress egress, long nowNanos) {
    if (read != blocks) {
      read = blocks;
      nextBlock = blocks.count();
    }
    nextBlock = Math.max(nextBlock, blocks.first());
    while (nextBlock < blocks.count() && blocks.block(nextBlock).end() <= sender.position()) {
      if (!sender.fit().isActive() && transport.remote().isWritable()) {
        protect(sender, blocks, blocks.block(nextBlock), egress, nowNanos);
      }
      nextBlock++;
    }
    egress.endRun(transport.remote());
  }

  private void protect(
      TrackSender sender, ParityBlocks blocks, ParityBlock block, Egress egress, long nowNanos) {
    ParityColumns columns = block.columns(need.level(), blocks.log());
    int timestamp = sender.timestampAt(nowNanos);
    for (int column = 0; column < columns.count(); column++) {
      int length =
          blocks
              .payload()
              .make(sender.headers(), protectedSsrc, blocks.log(), block, columns, column);
      int size =
          length == 0
              ? 0
              : stream.send(blocks.payload(), length, timestamp, transport, egress, nowNanos);
      count(size);
    }
  }

  private void count(int size) {
    if (size > 0) {
      packets.increment();
      bytes.add(size);
    }
  }
}
