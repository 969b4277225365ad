package dev.sluice.stream;

import static dev.sluice.Orders.explore;
import static dev.sluice.Orders.inParallel;
import static dev.sluice.Orders.require;

import dev.sluice.codec.Codec;
import dev.sluice.log.LogLimits;
import dev.sluice.log.PacketLog;
import dev.sluice.log.SegmentPool;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/**
 * Publishers and an event loop meet in whatever order their threads take turns; the orders are
 * explored by a model checker.
 */
class SourceChainConcurrencyTest {
  private static final int ORDERS = 1_000;

  /** a track whose readers are on a loop that is run by whoever calls {@link #runLoop} */
  private static final class World implements TrackReaders {
    final SegmentPool segments = new SegmentPool(0);
    final Track track = new Track("audio", Codec.OPUS, 0);
    final Queue<Runnable> loop = new ConcurrentLinkedQueue<>();
    Source source = new Source(null, null);
    long position;
    int read;

    PacketLog publish() {
      PacketLog log = new PacketLog(segments, new LogLimits(16, 16, 0, false));
      track.source(log, null);
      return log;
    }

    void attach() {
      source = track.add(this);
    }

    @Override
    public void wake() {
      loop.add(this::readAll);
    }

    @Override
    public void readToEnd(Runnable then) {
      loop.add(
          () -> {
            readAll();
            then.run();
          });
    }

    /** what a fan-out does: asks for the next source first, reads this one, goes there */
    private void readAll() {
      for (Source next = source.next(); ; next = source.next()) {
        PacketLog log = source.log();
        if (log != null) {
          long tail = log.tail();
          read += (int) (tail - position);
          position = tail;
        }
        if (next == null) {
          return;
        }
        source = next;
        position = 0;
      }
    }

    void runLoop() {
      for (Runnable task = loop.poll(); task != null; task = loop.poll()) {
        task.run();
      }
    }
  }

  @Test
  void shouldReadAllThatPublishersWroteThoughTheyComeAndGo() {
    explore(
        ORDERS,
        () -> {
          World world = new World();
          PacketLog first = world.publish();
          world.attach();
          inParallel(
              () -> {
                write(world, first);
                write(world, first);
                PacketLog second = world.publish();
                world.track.closeWhenRead(first);
                write(world, second);
              },
              world::runLoop);
          world.runLoop();
          require(world.read == 3, "read " + world.read);
          require(first.isClosed(), "the log of who left is open");
        });
  }

  @Test
  void shouldCloseALogThoughItsReadersLeaveMeanwhile() {
    explore(
        ORDERS,
        () -> {
          World world = new World();
          PacketLog log = world.publish();
          world.attach();
          inParallel(
              () -> world.track.closeWhenRead(log),
              () -> {
                world.track.remove(world);
                world.runLoop();
              });
          world.runLoop();
          require(log.isClosed(), "the log of who left is open");
          require(world.segments.usedBytes() == 0, "memory is kept");
        });
  }

  @Test
  void shouldCountAKeyframeRequestOfTwoLoopsOnce() {
    explore(
        ORDERS,
        () -> {
          Track track = new Track("video", Codec.H264, 1_000);
          int[] asked = new int[2];
          track.source(null, () -> {});
          inParallel(
              () -> asked[0] = track.requestKeyframe(5) ? 1 : 0,
              () -> asked[1] = track.requestKeyframe(5) ? 1 : 0);
          require(asked[0] + asked[1] == 1, "asked " + (asked[0] + asked[1]) + " times");
        });
  }

  private static void write(World world, PacketLog log) {
    log.open(1);
    log.commit(1, 0, true);
    log.publish();
    world.track.wake();
  }
}
