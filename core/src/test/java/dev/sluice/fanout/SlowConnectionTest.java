package dev.sluice.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.loop.Connection;
import dev.sluice.loop.TcpPath;
import dev.sluice.loop.TcpTraffic;
import io.netty.channel.WriteBufferWaterMark;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A viewer whose connection takes nothing for a time. */
class SlowConnectionTest extends TrackSenderSetup {
  private static final int HIGH = 10_000;

  private final Connection connection = new Connection(ClearTransport.REMOTE);
  private TrackSender slow;

  @BeforeEach
  void open() {
    connection.config().setWriteBufferWaterMark(new WriteBufferWaterMark(HIGH / 2, HIGH));
    slow =
        new TrackSender(
            new ClearTransport(new TcpPath(connection, new TcpTraffic())),
            track,
            PLAIN,
            new Retransmitter(LIMITS, null, PLAIN, 9),
            new StartRule(true, Long.MAX_VALUE),
            FIRST_SEQUENCE,
            FIRST_TIMESTAMP);
    slow.attach(log, now);
    connection.reading(false);
  }

  @AfterEach
  void close() {
    connection.reading(true);
    connection.finishAndReleaseAll();
  }

  @Test
  void shouldWaitInTheLogAndNotBeAskedAgainBeforeItsConnectionTells() {
    TrackSender other = attached(Long.MAX_VALUE);
    publish(300, other);
    assertThat(slow.figures().packets()).isBetween(20L, 40L);
    assertThat(slow.sendAvailable(egress, log, log.tail(), now)).isFalse();
    step(other);
    assertThat(other.figures().packets()).isEqualTo(log.tail());
  }

  @Test
  void shouldGoOnAtAKeyframeWhenItTakesMore() {
    publish(2_000, attached(Long.MAX_VALUE));
    connection.reading(true);
    assertThat(slow.sendAvailable(egress, log, log.tail(), now)).as("fell behind").isTrue();
    frameNow(2, true);
    for (int i = 0; i < 100; i++) {
      now += FRAME;
      slow.sendAvailable(egress, log, log.tail(), now);
    }
    assertThat(slow.figures().resynchronisations()).isEqualTo(1);
    assertThat(slow.position()).isEqualTo(log.tail());
    assertThat(slow.figures().packets()).isLessThan(log.tail() / 2);
  }

  private void publish(int pictures, TrackSender other) {
    for (int i = 0; i < pictures; i++) {
      frameNow(2, i == 0);
      slow.sendAvailable(egress, log, log.tail(), now);
      step(other);
    }
  }
}
