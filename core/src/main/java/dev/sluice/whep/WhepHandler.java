package dev.sluice.whep;

import dev.sluice.PeerContext;
import dev.sluice.RelayEngine;
import dev.sluice.Viewer;
import dev.sluice.signalling.SessionEndpoint;
import dev.sluice.signalling.SessionOpener;
import dev.sluice.signalling.SignallingOptions;
import dev.sluice.signalling.SignallingRequest;
import dev.sluice.signalling.SignallingResponse;
import java.util.concurrent.CompletionStage;

/**
 * Serves the streams of an engine over WHEP, at {@code /{stream}/whep}. {@link SessionEndpoint}
 * says what it takes and what it answers. It may be called by any thread, several at a time.
 */
public final class WhepHandler {

  private final SessionEndpoint<Viewer> endpoint;

  /**
   * Creates a handler.
   *
   * @param engine whose streams are served
   * @param options the options
   */
  public WhepHandler(RelayEngine engine, SignallingOptions<Viewer> options) {
    endpoint = new SessionEndpoint<>("whep", options, new Opener(engine));
  }

  /** {@return a builder of options with the defaults} */
  public static SignallingOptions.Builder<Viewer> options() {
    return SignallingOptions.builder("whep");
  }

  /**
   * Handles a request. Waits for the authorizer, if there is one that has not decided when it
   * returns, and for a stream that a source publishes on demand; nothing else is waited for.
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
   * @return the response, which is there at once unless the authorizer takes its time or a source
   *     has yet to publish the stream; never fails
   */
  public CompletionStage<SignallingResponse> handleAsync(SignallingRequest request) {
    return endpoint.handle(request);
  }

  private record Opener(RelayEngine engine) implements SessionOpener<Viewer> {
    @Override
    public CompletionStage<?> ready(String stream) {
      return engine.demand(stream);
    }

    @Override
    public Viewer open(String stream, String offerSdp, PeerContext context) {
      return engine.play(stream, offerSdp, context);
    }
  }
}
