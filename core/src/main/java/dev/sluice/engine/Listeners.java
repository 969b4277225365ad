package dev.sluice.engine;

import dev.sluice.DisconnectReason;
import dev.sluice.Ingest;
import dev.sluice.LiveStream;
import dev.sluice.LoopStatistics;
import dev.sluice.RelayListener;
import dev.sluice.Viewer;
import dev.sluice.loop.SafeCall;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Passes on to all who listen; what one of them throws keeps nothing from the others. */
final class Listeners implements RelayListener {
  private final List<RelayListener> all = new CopyOnWriteArrayList<>();

  Listeners(RelayListener first) {
    all.add(first);
  }

  void add(RelayListener listener) {
    all.add(listener);
  }

  void remove(RelayListener listener) {
    all.remove(listener);
  }

  private void tell(Consumer<RelayListener> event) {
    for (RelayListener listener : all) {
      SafeCall.run(() -> event.accept(listener));
    }
  }

  @Override
  public void streamUp(LiveStream stream) {
    tell(listener -> listener.streamUp(stream));
  }

  @Override
  public void streamDown(LiveStream stream) {
    tell(listener -> listener.streamDown(stream));
  }

  @Override
  public void publishRefused(
      String streamName, @Nullable InetSocketAddress remoteAddress, String reason) {
    tell(listener -> listener.publishRefused(streamName, remoteAddress, reason));
  }

  @Override
  public void viewerConnected(Viewer viewer) {
    tell(listener -> listener.viewerConnected(viewer));
  }

  @Override
  public void firstFrameSent(Viewer viewer) {
    tell(listener -> listener.firstFrameSent(viewer));
  }

  @Override
  public void viewerThinned(Viewer viewer, boolean thinned) {
    tell(listener -> listener.viewerThinned(viewer, thinned));
  }

  @Override
  public void renditionChanged(Viewer viewer, String rendition) {
    tell(listener -> listener.renditionChanged(viewer, rendition));
  }

  @Override
  public void noKeyframe(LiveStream stream, String advice) {
    tell(listener -> listener.noKeyframe(stream, advice));
  }

  @Override
  public void picturesReordered(LiveStream stream, String advice) {
    tell(listener -> listener.picturesReordered(stream, advice));
  }

  @Override
  public void ingestConnected(Ingest ingest) {
    tell(listener -> listener.ingestConnected(ingest));
  }

  @Override
  public void ingestDisconnected(Ingest ingest, DisconnectReason reason) {
    tell(listener -> listener.ingestDisconnected(ingest, reason));
  }

  @Override
  public void viewerDisconnected(Viewer viewer, DisconnectReason reason) {
    tell(listener -> listener.viewerDisconnected(viewer, reason));
  }

  @Override
  public void ioFailure(Throwable cause) {
    tell(listener -> listener.ioFailure(cause));
  }

  @Override
  public void eventLoopHeldUp(LoopStatistics loop) {
    tell(listener -> listener.eventLoopHeldUp(loop));
  }

  @Override
  public void eventLoopDied(LoopStatistics loop) {
    tell(listener -> listener.eventLoopDied(loop));
  }
}
