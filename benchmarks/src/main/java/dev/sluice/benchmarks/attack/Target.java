package dev.sluice.benchmarks.attack;

import dev.sluice.benchmarks.load.Relay;
import dev.sluice.benchmarks.load.publish.RtspConnection;
import dev.sluice.benchmarks.load.viewer.Answer;
import dev.sluice.benchmarks.load.viewer.Identity;
import dev.sluice.benchmarks.load.viewer.Offer;
import dev.sluice.benchmarks.load.viewer.ViewerSwarm;
import dev.sluice.ice.IceCredentials;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A relay in a process of its own, its stream, a viewer that watches, one that wants to, and a
 * publisher that wants to publish.
 */
final class Target implements AutoCloseable {
  private static final int KILOBITS = 2_000;
  private static final int FRAME_RATE = 30;
  private static final int CONNECT_SECONDS = 30;
  private static final long LONGEST_WAIT_MILLIS = 15_000;
  private static final long PUBLISH_PAUSE_MILLIS = 500;
  private static final double MEGABYTE = 1 << 20;

  private final Relay relay;
  private final int rtspPort;
  private final Identity identity = Identity.generate();
  private final SecureRandom random = new SecureRandom();
  private final ViewerSwarm watching = new ViewerSwarm(1, 0);
  private final ViewerSwarm joining = new ViewerSwarm(1, 0);
  private @Nullable Answer watched;

  Target(Relay relay) throws Exception {
    this.relay = relay;
    relay.push(1, KILOBITS, FRAME_RATE);
    rtspPort = relay.rtspPort();
    watching.join(0, true, this::watch).get(CONNECT_SECONDS, TimeUnit.SECONDS);
  }

  private String watch(String offer) {
    String answer = relay.player(0).apply(offer);
    watched = Answer.parse(answer);
    return answer;
  }

  Relay relay() {
    return relay;
  }

  int rtspPort() {
    return rtspPort;
  }

  /** where media and checks go */
  InetSocketAddress udp() {
    return watched().remote();
  }

  /** user name of the viewer that watches */
  String watchedUfrag() {
    return watched().credentials().ufrag();
  }

  private Answer watched() {
    return Objects.requireNonNull(watched);
  }

  /** makes an offer, and gets what a peer needs to go on */
  Session offer() {
    IceCredentials local = IceCredentials.generate(random);
    String answer = relay.player(0).apply(Offer.of(local, identity.fingerprint()));
    return new Session(local, Answer.parse(answer), identity);
  }

  long frames() {
    return watching.totals().frames();
  }

  @Nullable String wrong() {
    return watching.totals().error();
  }

  /** milliseconds from a new viewer's offer to its first packet */
  double join() throws InterruptedException {
    long before = joining.totals().joinToPacket().getTotalCount();
    long start = System.nanoTime();
    joining.join(0, true, relay.player(0));
    double millis = 0;
    while (joining.totals().joinToPacket().getTotalCount() == before
        && millis < LONGEST_WAIT_MILLIS) {
      Thread.sleep(1);
      millis = (System.nanoTime() - start) / 1e6;
    }
    joining.leave();
    return millis;
  }

  /** until the end, the longest that a new publisher waits in milliseconds until it may send */
  double longestPublish(Pace pace) throws InterruptedException {
    double longest = 0;
    while (!pace.isOver()) {
      longest = Math.max(longest, publish());
      Thread.sleep(PUBLISH_PAUSE_MILLIS);
    }
    return longest;
  }

  private double publish() {
    long start = System.nanoTime();
    try (RtspConnection publisher = new RtspConnection(rtspPort, "new")) {
      publisher.record();
      return (System.nanoTime() - start) / 1e6;
    } catch (IOException e) {
      return LONGEST_WAIT_MILLIS; // it is not let in
    }
  }

  double heapMegabytes() {
    return relay.heapAfterCollection() / MEGABYTE;
  }

  double residentMegabytes() {
    return relay.residentBytes() / MEGABYTE;
  }

  @Override
  public void close() {
    watching.close();
    joining.close();
    relay.close();
  }
}
