package dev.sluice.srtp.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.sluice.rtp.InterleavedFrames;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever datagrams come in a handshake, nothing is thrown, and a closed session waits for
 * nothing.
 */
class DtlsFuzzTest {
  private static final long STEP = 100 * Exchange.MILLIS;
  private static final int TIME_PASSES = 1;

  static Stream<byte[]> datagrams() {
    Exchange exchange = Fixture.exchange(Fixture.offer());
    exchange.client.start();
    ByteBuf hello = Unpooled.buffer();
    deliver(exchange, hello);
    ByteBuf whole = hello.copy();
    exchange.session.handleTimeout(exchange.now);
    byte[] out = new byte[DtlsServer.MAX_DATAGRAM];
    for (int length; (length = exchange.session.pollTransmit(out)) > 0; ) {
      exchange.client.receive(Arrays.copyOf(out, length));
    }
    deliver(exchange, whole);
    return Stream.of(ByteBufUtil.getBytes(hello), ByteBufUtil.getBytes(whole));
  }

  /** the recording's framing is that of RTSP, with the channel as flags */
  private static void deliver(Exchange exchange, ByteBuf recording) {
    for (byte[] datagram; (datagram = exchange.client.poll()) != null; ) {
      exchange.session.handle(exchange.now, datagram, 0, datagram.length);
      InterleavedFrames.writeHeader(recording, TIME_PASSES, datagram.length);
      recording.writeBytes(datagram);
    }
  }

  @MethodSource("datagrams")
  @FuzzTest
  void shouldBearAnyDatagrams(byte @NotNull [] bytes) {
    DtlsSession session = Fixture.exchange(Fixture.offer()).session;
    long now = Fixture.BEFORE_WRAP;
    byte[] out = new byte[DtlsServer.MAX_DATAGRAM];
    ByteBuf stream = Unpooled.wrappedBuffer(bytes);
    InterleavedFrames frames = new InterleavedFrames();
    while (frames.next(stream) == InterleavedFrames.Status.FRAME) {
      byte[] datagram = ByteBufUtil.getBytes(stream, frames.offset(), frames.length());
      session.handle(now, datagram, 0, datagram.length);
      if ((frames.channel() & TIME_PASSES) != 0) {
        now += STEP;
        session.handleTimeout(now);
        while (session.pollTransmit(out) > 0) {}
      }
    }
    session.close(now);
    assertThat(session.nextTimeout()).isEqualTo(DtlsSession.NO_TIMEOUT);
  }
}
