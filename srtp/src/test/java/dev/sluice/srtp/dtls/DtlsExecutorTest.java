package dev.sluice.srtp.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How sessions use the executor: two short tasks each, and no thread to wait with. */
class DtlsExecutorTest {

  /** Runs tasks when told to. */
  private static final class Manual implements Executor {
    final Queue<Runnable> tasks = new ArrayDeque<>();
    int capacity = Integer.MAX_VALUE;

    @Override
    public void execute(Runnable task) {
      if (tasks.size() >= capacity) {
        throw new RejectedExecutionException();
      }
      tasks.add(task);
    }

    void runAll() {
      for (Runnable task; (task = tasks.poll()) != null; ) {
        task.run();
      }
    }
  }

  private final Manual executor = new Manual();
  private final DtlsServer server = Fixture.server(Fixture.PROFILES, executor);
  private final byte[] out = new byte[DtlsServer.MAX_DATAGRAM];
  private int wakeUps;

  private DtlsSession session() {
    return server.newSession(0, Fixture.FINGERPRINTS, () -> wakeUps++);
  }

  private static TestClient client(long seed) {
    TestClient client = new TestClient(Fixture.offer(), seed, DtlsServer.MAX_DATAGRAM);
    client.start();
    return client;
  }

  private static void deliver(TestClient client, DtlsSession session, long now) {
    for (byte[] datagram; (datagram = client.poll()) != null; ) {
      session.handle(now, datagram, 0, datagram.length);
    }
  }

  private void answer(DtlsSession session, TestClient client) {
    for (int length; (length = session.pollTransmit(out)) > 0; ) {
      client.receive(Arrays.copyOf(out, length));
    }
  }

  @Test
  void shouldHaveNoTaskWhileItWaitsForTheClient() {
    DtlsSession session = session();
    assertThat(executor.tasks).isEmpty();

    TestClient client = client(1);
    deliver(client, session, 0);
    assertThat(executor.tasks).as("its hello is there").hasSize(1);
    executor.runAll();
    session.handleTimeout(0);
    assertThat(executor.tasks).as("its second flight is not").isEmpty();

    answer(session, client);
    deliver(client, session, 0);
    assertThat(executor.tasks).as("its second flight is there").hasSize(1);
    executor.runAll();
    session.handleTimeout(0);

    assertThat(session.status()).isEqualTo(DtlsStatus.CONNECTED);
    assertThat(executor.tasks).isEmpty();
    assertThat(wakeUps).isEqualTo(2);
  }

  @Test
  void shouldTakeAResultOverInTheOwnersThreadOnly() {
    DtlsSession session = session();
    deliver(client(1), session, 0);

    executor.runAll();
    assertThat(wakeUps).isOne();
    assertThat(session.pollTransmit(out)).isZero();

    session.handleTimeout(0);
    assertThat(session.pollTransmit(out)).isPositive();
  }

  @Test
  void shouldAllowAWakeUpToTakeTheResultOverAtOnce() {
    DtlsSession[] session = new DtlsSession[1];
    DtlsServer direct = Fixture.server();
    session[0] = direct.newSession(0, Fixture.FINGERPRINTS, () -> session[0].handleTimeout(0));
    TestClient client = client(1);

    deliver(client, session[0], 0);
    answer(session[0], client);
    deliver(client, session[0], 0);

    assertThat(session[0].status()).isEqualTo(DtlsStatus.CONNECTED);
  }

  @Test
  void shouldTryAgainWhenTheExecutorIsFull() {
    executor.capacity = 0;
    DtlsSession session = session();
    TestClient client = client(1);
    deliver(client, session, 0);
    assertThat(session.status()).isEqualTo(DtlsStatus.HANDSHAKING);
    long retry = session.nextTimeout();
    assertThat(retry).isBetween(1L, 100 * Exchange.MILLIS);
    session.handleTimeout(retry);

    executor.capacity = 1;
    session.handleTimeout(session.nextTimeout());
    assertThat(executor.tasks).hasSize(1);
    executor.runAll();
    session.handleTimeout(retry);
    answer(session, client);

    executor.capacity = 0;
    deliver(client, session, retry);
    executor.capacity = 1;
    session.handleTimeout(session.nextTimeout());
    executor.runAll();
    session.handleTimeout(retry);
    assertThat(session.status()).isEqualTo(DtlsStatus.CONNECTED);
  }

  @Test
  void shouldTimeOutThoughTheExecutorNeverComesToIt() {
    DtlsSession session = session();
    deliver(client(1), session, 0);

    session.handleTimeout(Fixture.TIMEOUT);

    assertThat(session.failure().reason()).isEqualTo(DtlsFailure.Reason.TIMEOUT);
    executor.runAll();
    assertThat(wakeUps).as("a task given up has no effect").isZero();
  }

  @Test
  void shouldSurviveAWakeUpThatFails() {
    DtlsSession session =
        server.newSession(
            0,
            Fixture.FINGERPRINTS,
            () -> {
              throw new AssertionError("a host's");
            });
    TestClient client = client(1);
    deliver(client, session, 0);
    executor.runAll();
    session.handleTimeout(0);
    answer(session, client);
    deliver(client, session, 0);
    executor.runAll();
    session.handleTimeout(0);

    assertThat(session.status()).isEqualTo(DtlsStatus.CONNECTED);
  }

  @Test
  void shouldTryAgainWhenThereIsNoMemoryForAThread() {
    boolean[] exhausted = {true};
    DtlsServer starved =
        Fixture.server(
            Fixture.PROFILES,
            task -> {
              if (exhausted[0]) {
                throw new OutOfMemoryError("unable to create native thread");
              }
              task.run();
            });
    DtlsSession session = starved.newSession(0, Fixture.FINGERPRINTS, () -> {});
    deliver(client(1), session, 0);
    exhausted[0] = false;
    session.handleTimeout(session.nextTimeout());
    session.handleTimeout(0);

    assertThat(session.pollTransmit(out)).isPositive();
  }

  @Test
  void shouldNotWakeAnybodyUpOnceClosed() {
    DtlsSession session = session();
    deliver(client(1), session, 0);
    session.close(0);

    executor.runAll();
    session.handleTimeout(0);

    assertThat(wakeUps).isZero();
    assertThat(session.status()).isEqualTo(DtlsStatus.CLOSED);
  }

  @ParameterizedTest
  @ValueSource(classes = {IllegalStateException.class, OutOfMemoryError.class})
  void shouldFailWhenATaskDoes(Class<? extends Throwable> thrown) {
    DtlsSession session =
        new DtlsServer(
                Fixture.SERVER, Fixture.PROFILES, Fixture.TIMEOUT, executor, new FailingRandom())
            .newSession(0, Fixture.FINGERPRINTS, () -> wakeUps++);
    FailingRandom.failure = thrown;
    try {
      deliver(client(1), session, 0);
      executor.runAll();
    } finally {
      FailingRandom.failure = null;
    }
    session.handleTimeout(0);

    assertThat(session.status()).isEqualTo(DtlsStatus.FAILED);
    assertThat(session.failure().reason()).isEqualTo(DtlsFailure.Reason.INTERNAL);
    assertThat(wakeUps).isOne();
  }

  private static final class FailingRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;
    static Class<? extends Throwable> failure;

    @Override
    public void nextBytes(byte[] bytes) {
      if (failure == OutOfMemoryError.class) {
        throw new OutOfMemoryError();
      }
      if (failure != null) {
        throw new IllegalStateException("out of entropy");
      }
      super.nextBytes(bytes);
    }
  }

  @Test
  void shouldServeManyWithOneThreadThoughSomeFallSilent() throws InterruptedException {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    try {
      DtlsServer threaded = Fixture.server(Fixture.PROFILES, pool);
      BlockingQueue<Integer> woken = new LinkedBlockingQueue<>();
      List<DtlsSession> sessions = new ArrayList<>();
      List<TestClient> clients = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        int index = i;
        sessions.add(threaded.newSession(0, Fixture.FINGERPRINTS, () -> woken.add(index)));
        clients.add(client(i));
        deliver(clients.get(i), sessions.get(i), 0);
      }
      int expected = 24 + 12;
      for (int i = 0; i < expected; i++) {
        Integer index = woken.poll(20, TimeUnit.SECONDS);
        assertThat(index).as("wake-up %d", i).isNotNull();
        sessions.get(index).handleTimeout(0);
        if (index % 2 == 0) {
          answer(sessions.get(index), clients.get(index));
          deliver(clients.get(index), sessions.get(index), 0);
        }
      }
      for (int i = 0; i < 24; i++) {
        assertThat(sessions.get(i).status())
            .isEqualTo(i % 2 == 0 ? DtlsStatus.CONNECTED : DtlsStatus.HANDSHAKING);
      }
      assertThat(pool.getQueue()).isEmpty();
      pool.shutdown();
      assertThat(pool.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
      assertThat(pool.getCompletedTaskCount()).isEqualTo(expected);
    } finally {
      pool.shutdownNow();
    }
  }
}
