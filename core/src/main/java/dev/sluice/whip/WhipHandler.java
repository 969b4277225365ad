package dev.sluice.whip;

import dev.sluice.Ingest;
import dev.sluice.PeerContext;
import dev.sluice.RelayEngine;
import dev.sluice.signalling.SessionEndpoint;
import dev.sluice.signalling.SessionOpener;
import dev.sluice.signalling.SignallingOptions;
import dev.sluice.signalling.SignallingRequest;
import dev.sluice.signalling.SignallingResponse;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Lets peers publish streams of an engine over WHIP, at {@code /{stream}/whip}. {@link
 * SessionEndpoint} says what it takes and what it answers. It may be called by any thread, several
 * at a time.
 *
 * <p>Without an authorizer everybody who reaches it may publish, and takes a stream over from
 * whoever publishes it.
 */
public final class WhipHandler {

  private final SessionEndpoint<Ingest> endpoint;

  /**
   * Creates a handler.
   *
   * @param engine that publishes
   * @param options the options
   */
  public WhipHandler(RelayEngine engine, SignallingOptions<Ingest> options) {
    endpoint = new SessionEndpoint<>("whip", options, new Opener(engine));
  }

  /** {@return a builder of options with the defaults} */
  public static SignallingOptions.Builder<Ingest> options() {
    return SignallingOptions.builder("whip");
  }

  /**
   * Handles a request. Waits for the authorizer, if there is one that has not decided when it
   * returns; nothing else is waited for.
   *
   * @param request the request
   * @return the response
   */
  public SignallingResponse handle(SignallingRequest request) {
    return handleAsync(request).toCompletableFuture().join();
  }

  /**
   * Handles a request without waiting for anything.
   *
   * @param request the request
   * @return the response, which is there at once unless the authorizer takes its time; never fails
   */
  public CompletionStage<SignallingResponse> handleAsync(SignallingRequest request) {
    return endpoint.handle(request);
  }

  private record Opener(RelayEngine engine) implements SessionOpener<Ingest> {
    @Override
    public Ingest open(String stream, String offerSdp, PeerContext context) {
      return engine.ingest(stream, offerSdp, context);
    }

    @Override
    public void refused(String stream, @Nullable InetSocketAddress remoteAddress, String reason) {
      engine.publishRefused(stream, remoteAddress, reason);
    }
  }
}
