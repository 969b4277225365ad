package dev.sluice.rehearsal;

import dev.sluice.Ingest;
import dev.sluice.IngestOffer;
import dev.sluice.PeerContext;
import dev.sluice.RelayEngine;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutionException;

/**
 * Viewers of a stream: peers that the same engine calls, as it does to pull from another relay. So
 * both ends of each session are its own, and signalling needs no network.
 */
final class Audience {
  static final int SEATS = 16;

  private final RelayEngine engine;
  private final String stream;
  private final Queue<Ingest> seated = new ArrayDeque<>();
  private int joined;

  Audience(RelayEngine engine, String stream) {
    this.engine = engine;
    this.stream = stream;
  }

  /** One more joins; where all seats are taken, the one that has watched longest leaves. */
  void join() throws InterruptedException, ExecutionException {
    if (seated.size() == SEATS) {
      seated.remove().close();
    }
    String name = stream + '/' + joined++;
    IngestOffer offer = engine.offerIngest(name, PeerContext.NONE).toCompletableFuture().get();
    seated.add(offer.accept(engine.play(stream, offer.sdp(), PeerContext.NONE).answer()));
  }
}
