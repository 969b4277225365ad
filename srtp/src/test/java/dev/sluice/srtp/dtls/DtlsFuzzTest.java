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

  static Stream<byte[]> datagramsOfAServer() {
    DtlsSession client = DtlsClientTest.call(DtlsClientTest.calling(), DtlsClientTest.OF_SERVER);
    DtlsSession server = Fixture.server().newSession(0, Fixture.FINGERPRINTS, () -> {});
    ByteBuf recording = Unpooled.buffer();
    for (int flight = 0; flight < 2; flight++) {
      carry(client, server, Unpooled.buffer());
      carry(server, client, recording);
    }
    return Stream.of(ByteBufUtil.getBytes(recording));
  }

  private static void carry(DtlsSession from, DtlsSession to, ByteBuf recording) {
    byte[] out = new byte[DtlsServer.MAX_DATAGRAM];
    for (int length; (length = from.pollTransmit(out)) > 0; ) {
      to.handle(0, out, 0, length);
      InterleavedFrames.writeHeader(recording, TIME_PASSES, length);
      recording.writeBytes(out, 0, length);
    }
    to.handleTimeout(0);
  }

  @MethodSource("datagrams")
  @FuzzTest
  void shouldBearAnyDatagrams(byte @NotNull [] bytes) {
    receive(Fixture.exchange(Fixture.offer()).session, Fixture.BEFORE_WRAP, bytes);
  }

  @MethodSource("datagramsOfAServer")
  @FuzzTest
  void shouldBearAnyDatagramsOfAServer(byte @NotNull [] bytes) {
    receive(DtlsClientTest.call(DtlsClientTest.calling(), DtlsClientTest.OF_SERVER), 0, bytes);
  }

  private static void receive(DtlsSession session, long start, byte[] bytes) {
    long now = start;
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
