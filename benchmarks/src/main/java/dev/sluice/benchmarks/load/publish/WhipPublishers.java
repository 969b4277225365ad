package dev.sluice.benchmarks.load.publish;

import dev.sluice.benchmarks.load.media.SyntheticVideo;
import dev.sluice.benchmarks.load.viewer.Identity;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;

/** Publishes many streams by WHIP, as so many browsers do: each with a session of its own. */
public final class WhipPublishers implements Closeable {
  private final Encoders encoders;

  /**
   * Connects, one session after the other, and begins to send.
   *
   * @param signalling brings a stream's name and an offer to the relay, and its answer back
   * @param streams how many, called "s0", "s1" and so on
   * @param kilobits a second of each
   * @param frameRate of each
   * @throws IOException if a session cannot be had
   */
  public WhipPublishers(BinaryOperator<String> signalling, int streams, int kilobits, int frameRate)
      throws IOException {
    SyntheticVideo video = new SyntheticVideo(kilobits, frameRate);
    Identity identity = Identity.generate();
    List<WhipUplink> uplinks = new ArrayList<>();
    for (int i = 0; i < streams; i++) {
      String stream = "s" + i;
      uplinks.add(new WhipUplink(offer -> signalling.apply(stream, offer), identity, i + 1));
    }
    encoders = new Encoders("whip-publisher", uplinks, video);
  }

  /** Ends all streams. */
  @Override
  public void close() throws IOException {
    encoders.close();
  }
}
