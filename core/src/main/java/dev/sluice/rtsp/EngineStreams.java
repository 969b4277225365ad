package dev.sluice.rtsp;

import dev.sluice.RelayEngine;
import dev.sluice.spi.StreamReader;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** The streams of an engine, to play. */
record EngineStreams(RelayEngine engine) implements StreamReader.Opener {

  @Override
  public StreamReader read(String streamName, Executor loop, Runnable news) {
    return engine.read(streamName, loop, news);
  }

  @Override
  public CompletionStage<?> demand(String streamName) {
    return engine.demand(streamName);
  }
}
