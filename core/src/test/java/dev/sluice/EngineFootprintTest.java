package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.codec.Codec;
import dev.sluice.loop.Transport;
import io.netty.channel.EventLoopGroup;
import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Engines that come and go on a thread that stays. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class EngineFootprintTest {
  private static final int WARM_UP = 10;
  private static final int ENGINES = 200;
  private static final long TOLERANCE = 2 << 20;
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  /** a whole keyframe, so that a log takes segments */
  private static final byte[] KEYFRAME = keyframe(20_000);

  @Test
  void shouldLeaveNothingOnTheThreadThatPublished() throws Exception {
    assertNothingStays(null);
  }

  @Test
  void shouldLeaveNothingOnEventLoopsThatItWasLent() throws Exception {
    EventLoopGroup group = Transport.NIO.newEventLoops(2, Executors.defaultThreadFactory());
    try {
      assertNothingStays(group);
    } finally {
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
  }

  private static void assertNothingStays(@Nullable EventLoopGroup lent) throws Exception {
    run(WARM_UP, lent);
    Footprint first = Footprint.now();
    run(ENGINES, lent);
    Footprint last = Footprint.now();
    assertThat(last.heap).isLessThan(first.heap + TOLERANCE);
    assertThat(last.direct).isLessThan(first.direct + TOLERANCE);
    assertThat(last.threads).isLessThanOrEqualTo(first.threads);
    assertThat(last.descriptors).isLessThanOrEqualTo(first.descriptors);
  }

  private static void run(int engines, @Nullable EventLoopGroup lent) {
    for (int i = 0; i < engines; i++) {
      RelayEngineBuilder builder =
          RelayEngine.builder()
              .network(
                  NetworkOptions.DEFAULT
                      .withEventLoops(1)
                      .withBindAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
      if (lent != null) {
        builder.eventLoops(lent);
      }
      try (RelayEngine engine = builder.build()) {
        FrameInput video =
            engine
                .publish("cam", List.of(TrackDescription.of("video", Codec.H264)))
                .frames("video");
        engine.play("cam", SampleOffer.text());
        video.writeFrame(ByteBuffer.wrap(KEYFRAME), 0);
        video.flush();
      }
    }
  }

  private static byte[] keyframe(int length) {
    byte[] keyframe = new byte[length];
    java.util.Arrays.fill(keyframe, (byte) 1);
    System.arraycopy(new byte[] {0, 0, 0, 1, 0x65, (byte) 0x88, (byte) 0x84}, 0, keyframe, 0, 7);
    return keyframe;
  }

  private record Footprint(long heap, long direct, long threads, long descriptors) {

    static Footprint now() throws IOException {
      long heap = Long.MAX_VALUE;
      for (int i = 0; i < 5; i++) {
        System.gc();
        System.runFinalization();
        Runtime runtime = Runtime.getRuntime();
        heap = Math.min(heap, runtime.totalMemory() - runtime.freeMemory());
      }
      return new Footprint(
          heap, PlatformDependent.usedDirectMemory(), engineThreads(), openDescriptors());
    }

    /** threads of engines only: a JVM has others that come and go */
    private static long engineThreads() {
      return Thread.getAllStackTraces().keySet().stream()
          .filter(thread -> thread.getName().startsWith("sluice-"))
          .count();
    }

    /** sockets and what waits for them, but no files: a JVM opens jars when it first needs them */
    private static long openDescriptors() throws IOException {
      if (!Files.isDirectory(DESCRIPTORS)) {
        return 0;
      }
      try (Stream<Path> open = Files.list(DESCRIPTORS)) {
        return open.filter(Footprint::isOfTheKernel).count();
      }
    }

    private static boolean isOfTheKernel(Path descriptor) {
      try {
        return Files.readSymbolicLink(descriptor).toString().matches("(socket|anon_inode|pipe):.*");
      } catch (IOException closedMeanwhile) {
        return false;
      }
    }
  }
}
