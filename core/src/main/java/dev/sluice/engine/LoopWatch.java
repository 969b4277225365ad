package dev.sluice.engine;

import dev.sluice.EngineHealth;
import dev.sluice.LoopStatistics;
import dev.sluice.RelayListener;
import dev.sluice.jfr.FlightRecord;
import dev.sluice.webrtc.PeerLoop;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.FutureListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the host of event loops that died or are held up. Each loop has a turn a second for this,
 * in which it looks at the others too.
 */
final class LoopWatch {
  private static final Logger LOG = LoggerFactory.getLogger(LoopWatch.class);
  private static final long TURN_SECONDS = 1;
  private static final long HELD_UP_NANOS = EngineHealth.HELD_UP.toNanos();

  private final RelayListener listener;
  private final List<PeerLoop> loops = new ArrayList<>();
  private final List<Future<?>> turns = new ArrayList<>();
  private final List<FutureListener<Object>> terminations = new ArrayList<>();
  private final Set<PeerLoop> heldUp = ConcurrentHashMap.newKeySet();
  private final Set<PeerLoop> dead = ConcurrentHashMap.newKeySet();
  private volatile boolean stopped;

  LoopWatch(RelayListener listener) {
    this.listener = listener;
  }

  void add(PeerLoop loop, Channel socket) {
    loops.add(loop);
    FutureListener<Object> termination = ended -> died(loop);
    terminations.add(termination);
    loop.eventLoop().terminationFuture().addListener(termination);
    socket.closeFuture().addListener(closed -> died(loop));
  }

  /** begins to look, when all loops are added */
  void start() {
    for (PeerLoop loop : loops) {
      turns.add(
          loop.eventLoop()
              .scheduleWithFixedDelay(
                  () -> turn(loop), TURN_SECONDS, TURN_SECONDS, TimeUnit.SECONDS));
    }
  }

  /** From here on loops may end: the engine is closing. */
  void stop() {
    stopped = true;
    turns.forEach(turn -> turn.cancel(false));
    for (int i = 0; i < loops.size(); i++) {
      loops.get(i).eventLoop().terminationFuture().removeListener(terminations.get(i));
    }
  }

  private void turn(PeerLoop own) {
    boolean wasHeldUp = own.nanosSinceTurn() > HELD_UP_NANOS;
    if (wasHeldUp && loops.size() == 1) { // nobody else has told
      tellHeldUp(own);
    }
    own.turn();
    heldUp.remove(own);
    if (!wasHeldUp) { // or else the whole process may have stood still
      lookAtOthers();
    }
  }

  private void lookAtOthers() {
    for (PeerLoop loop : loops) {
      if (loop.isAlive() && loop.nanosSinceTurn() > HELD_UP_NANOS && heldUp.add(loop)) {
        tellHeldUp(loop);
      }
    }
  }

  private void tellHeldUp(PeerLoop loop) {
    LoopStatistics found = loop.statistics();
    LOG.warn(
        "event loop {} has had no turn for {}, perhaps for a listener that blocks",
        found.name(),
        found.sinceLastTurn());
    FlightRecord.heldUp(found);
    listener.eventLoopHeldUp(found);
  }

  private void died(PeerLoop loop) {
    if (!stopped && dead.add(loop)) {
      loop.end();
      LOG.error(
          "event loop {} ended before its engine, and its viewers with it; an engine is closed"
              + " before event loops that it was lent",
          loop.name());
      listener.eventLoopDied(loop.statistics());
    }
  }
}
