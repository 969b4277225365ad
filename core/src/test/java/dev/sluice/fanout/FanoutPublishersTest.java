package dev.sluice.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.log.PacketLog;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** What viewers get of publishers that come and go. */
class FanoutPublishersTest extends FanoutSetup {

  @Test
  void shouldStartANewViewerAtTheNextKeyframeWhenToldEvenIfThePublisherJustChanged() {
    source();
    fanout.add(sender(true));
    runTasks();
    PacketLog newer = source();
    frame(newer, true);
    fanout.add(sender(false));
    runTasks();
    assertThat(sent()).as("the first viewer only").isEqualTo(1);
    frame(newer, true);
    track.wake();
    runTasks();
    assertThat(sent()).isEqualTo(2);
  }

  @Test
  void shouldGoOnWithTheLogOfANewPublisher() {
    PacketLog first = source();
    frame(first, true);
    fanout.add(sender(true));
    runTasks();
    track.source(null, null);
    first.close();
    runTasks();
    PacketLog second = source();
    frame(second, true);
    track.wake();
    runTasks();
    assertThat(sent()).isEqualTo(2);
  }

  @Test
  void shouldSendWhatWasPublishedBeforeThePublisherLeft() {
    PacketLog log = source();
    fanout.add(sender(true));
    frame(log, true);
    runTasks();
    runTasks();
    for (int i = 0; i < 299; i++) {
      frame(log, false);
    }
    leave(log);
    PacketLog newer = source();
    frame(newer, true);
    assertThat(log.isClosed()).isFalse();
    runTasks();
    assertThat(sent()).isEqualTo(301);
    assertThat(log.isClosed()).isTrue();
  }

  @Test
  void shouldSendWhatAPublisherGaveThatCameAndWentBetweenTwoRuns() {
    fanout.add(sender(true));
    runTasks();
    for (int i = 0; i < 3; i++) {
      PacketLog log = source();
      frame(log, true);
      leave(log);
    }
    runTasks();
    assertThat(sent()).isEqualTo(3);
  }

  @Test
  void shouldCloseALogWhenTheLastEventLoopHasReadIt() {
    Queue<Runnable> otherTasks = new ArrayDeque<>();
    Fanout other = new Fanout(track, otherTasks::add, egress, pacer, () -> now);
    PacketLog log = source();
    fanout.add(sender(true));
    other.add(sender(true));
    leave(log);
    runTasks();
    assertThat(log.isClosed()).isFalse();
    otherTasks.forEach(Runnable::run);
    assertThat(log.isClosed()).isTrue();
  }

  @Test
  void shouldCloseALogAtOnceWhenNobodyReadsIt() {
    PacketLog log = source();
    leave(log);
    assertThat(log.isClosed()).isTrue();
  }

  @Test
  void shouldNotKeepManyLogsForAnEventLoopThatIsHeldUp() {
    fanout.add(sender(true));
    List<PacketLog> logs = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      logs.add(source());
      frame(logs.get(i), true);
      leave(logs.get(i));
    }
    assertThat(logs).filteredOn(log -> !log.isClosed()).hasSize(4);
    runTasks();
    assertThat(logs).allMatch(PacketLog::isClosed);
    PacketLog next = source();
    frame(next, true);
    leave(next);
    runTasks();
    assertThat(sent()).isEqualTo(5);
  }
}
