package dev.sluice.benchmarks.load.viewer;

import dev.sluice.ice.StunAuthenticator;
import dev.sluice.ice.StunMessage;
import dev.sluice.ice.StunWriter;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What the viewers of one event loop share. */
final class SwarmLoop {
  private static final int TICK_MILLIS = 10;
  private static final int LARGEST_DATAGRAM = 2_048;

  final EventLoop eventLoop;
  final Tally tally = new Tally();
  final byte[] in = new byte[LARGEST_DATAGRAM];
  final byte[] out = new byte[LARGEST_DATAGRAM];
  final StunAuthenticator authenticator = new StunAuthenticator();
  final StunWriter stunWriter = new StunWriter();
  final CheckWriter checkWriter = new CheckWriter(stunWriter, authenticator);
  final StunMessage stunMessage = new StunMessage();
  final List<LoadViewer> viewers = new ArrayList<>();

  SwarmLoop(EventLoop eventLoop) {
    this.eventLoop = eventLoop;
    eventLoop.scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void tick() {
    long now = System.nanoTime();
    for (LoadViewer viewer : viewers) {
      viewer.tick(now);
    }
  }
}
