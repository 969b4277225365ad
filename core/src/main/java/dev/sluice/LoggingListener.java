package dev.sluice;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs what happens when all is well; what goes wrong the engine logs itself. A viewer's id is as
 * good as a password and is not logged, nor are peers that never connect: strangers can be as many
 * of those as they like.
 */
final class LoggingListener implements RelayListener {
  private static final Logger LOG = LoggerFactory.getLogger(RelayListener.class);

  private final Set<PeerSession> connected = ConcurrentHashMap.newKeySet();

  @Override
  public void streamUp(LiveStream stream) {
    String from =
        stream.publisher().map(Publisher::context).map(LoggingListener::origin).orElse("nobody");
    LOG.info("stream '{}' is live, published by {}", stream.name(), from);
  }

  @Override
  public void streamDown(LiveStream stream) {
    LOG.info("stream '{}' is down; viewers who stay: {}", stream.name(), stream.viewers().size());
  }

  @Override
  public void viewerConnected(Viewer viewer) {
    connected.add(viewer);
    LOG.info("{} watches stream '{}'", viewer.remoteAddress(), viewer.stream().name());
  }

  @Override
  public void firstFrameSent(Viewer viewer) {
    LOG.debug(
        "{} has its first picture of stream '{}', {} after its offer",
        viewer.remoteAddress(),
        viewer.stream().name(),
        viewer.statistics().joined().get(JoinPhase.FIRST_FRAME));
  }

  @Override
  public void viewerDisconnected(Viewer viewer, DisconnectReason reason) {
    if (connected.remove(viewer)) {
      LOG.info(
          "{} watches stream '{}' no more: {}",
          viewer.remoteAddress(),
          viewer.stream().name(),
          reason);
    }
  }

  @Override
  public void ingestConnected(Ingest ingest) {
    connected.add(ingest);
    LOG.info("{} publishes stream '{}'", ingest.remoteAddress(), ingest.streamName());
  }

  @Override
  public void ingestDisconnected(Ingest ingest, DisconnectReason reason) {
    if (connected.remove(ingest)) {
      LOG.info(
          "{} publishes stream '{}' no more: {}",
          ingest.remoteAddress(),
          ingest.streamName(),
          reason);
    }
  }

  @Override
  public void viewerThinned(Viewer viewer, boolean thinned) {
    LOG.info(
        thinned
            ? "the link of {} does not carry stream '{}': pictures are left out"
            : "the link of {} carries stream '{}' whole again",
        viewer.remoteAddress(),
        viewer.stream().name());
  }

  private static String origin(PublisherContext context) {
    return context.remoteAddress() == null
        ? context.protocol()
        : context.protocol() + " from " + context.remoteAddress();
  }
}
