package dev.sluice.examples.server;

import dev.sluice.DisconnectReason;
import dev.sluice.Ingest;
import dev.sluice.LiveStream;
import dev.sluice.RefusedMedia;
import dev.sluice.RelayListener;
import dev.sluice.Viewer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what the engine tells its host, and has viewers counted. */
final class EventLog implements RelayListener {
  private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);

  private final SessionTotals totals;

  EventLog(SessionTotals totals) {
    this.totals = totals;
  }

  @Override
  public void streamUp(LiveStream stream) {
    LOG.info("stream {} is live", stream.name());
  }

  @Override
  public void streamDown(LiveStream stream) {
    LOG.info("stream {} is silent", stream.name());
  }

  @Override
  public void viewerConnected(Viewer viewer) {
    totals.joined();
    LOG.info(
        "viewer {} of {} is connected from {}",
        SessionTag.of(viewer),
        viewer.stream().name(),
        viewer.remoteAddress());
    for (RefusedMedia media : viewer.refusedMedia()) {
      LOG.info(
          "viewer {} gets no {}: m-line {} {}",
          SessionTag.of(viewer),
          media.kind(),
          media.index(),
          media.reason());
    }
  }

  @Override
  public void firstFrameSent(Viewer viewer) {
    LOG.info("viewer {} of {} has a picture", SessionTag.of(viewer), viewer.stream().name());
  }

  @Override
  public void viewerThinned(Viewer viewer, boolean thinned) {
    LOG.info(
        "viewer {} of {} gets {}",
        SessionTag.of(viewer),
        viewer.stream().name(),
        thinned ? "what its link carries of the pictures" : "all pictures again");
  }

  @Override
  public void viewerDisconnected(Viewer viewer, DisconnectReason reason) {
    totals.left(viewer, reason);
    LOG.info("viewer {} of {} is gone: {}", SessionTag.of(viewer), viewer.stream().name(), reason);
  }

  @Override
  public void ingestConnected(Ingest ingest) {
    LOG.info("{} is published from {}", ingest.streamName(), ingest.remoteAddress());
  }

  @Override
  public void ingestDisconnected(Ingest ingest, DisconnectReason reason) {
    LOG.info("who published {} by WHIP is gone: {}", ingest.streamName(), reason);
  }

  @Override
  public void ioFailure(Throwable cause) {
    LOG.warn("a socket failed", cause);
  }
}
