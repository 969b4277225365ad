package dev.sluice.webrtc;

import dev.sluice.loop.Alarm;
import dev.sluice.loop.EngineClock;
import dev.sluice.loop.TimerWheel;
import dev.sluice.loop.UdpSocket;
import io.netty.channel.EventLoop;

/** The timers of all sessions of an event loop, on one alarm. On that event loop only. */
final class PeerTimers {
  private static final long TICK_NANOS = 20_000_000;
  private static final int WHEEL_SLOTS = 512;

  private final UdpSocket socket;
  private final EngineClock clock;
  private final TimerWheel wheel;
  private final Alarm alarm;

  PeerTimers(EventLoop eventLoop, UdpSocket socket, EngineClock clock) {
    this.socket = socket;
    this.clock = clock;
    wheel = new TimerWheel(TICK_NANOS, WHEEL_SLOTS, clock.nanos());
    alarm = new Alarm(eventLoop, clock::nanos, this::ring);
  }

  void schedule(TimerWheel.Entry entry, long deadlineNanos) {
    wheel.schedule(entry, deadlineNanos);
    arm(clock.nanos());
  }

  void cancel(TimerWheel.Entry entry) {
    wheel.cancel(entry);
    if (wheel.isEmpty()) {
      alarm.cancel(); // an event loop that outlives the engine would keep this one until it rings
    }
  }

  private void arm(long nowNanos) {
    long delay = wheel.nanosToNext(nowNanos);
    if (delay >= 0) {
      alarm.noLaterThan(nowNanos + delay);
    }
  }

  private void ring() {
    long now = clock.nanos();
    try {
      wheel.advance(now);
      socket.flush();
    } finally {
      arm(now);
    }
  }
}
