package dev.sluice.webrtc;

import dev.sluice.loop.PeerPath;
import dev.sluice.srtp.dtls.SrtpKeyPair;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Counts what a session does not know, and notes on which threads. */
final class CountingMedia implements PeerMedia {
  final Set<Thread> threads = new HashSet<>();
  int count;

  @Override
  public void resume(PeerPath path, PeerLoop loop) {}

  @Override
  public void pause(PeerLoop loop) {}

  @Override
  public void start(
      long nowNanos, SrtpKeyPair keys, PeerLoop loop, Consumer<Throwable> onFailure) {}

  @Override
  public boolean receive(long nowNanos, byte[] packet, int length, PeerLoop loop) {
    return true;
  }

  @Override
  public void countUnexpected() {
    count++;
    threads.add(Thread.currentThread());
  }

  @Override
  public long nextReport() {
    return Long.MAX_VALUE;
  }

  @Override
  public boolean reportIfDue(long nowNanos, PeerLoop loop) {
    return true;
  }

  @Override
  public void close(PeerLoop loop) {}
}
