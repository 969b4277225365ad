package dev.sluice.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.NetworkOptions;
import dev.sluice.Publisher;
import dev.sluice.RelayEngine;
import dev.sluice.TrackDescription;
import dev.sluice.Viewer;
import dev.sluice.codec.Codec;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoopGroup;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** What a snippet of the documentation finds around it: names that its text does not explain. */
public abstract class SnippetContext implements AutoCloseable {
  private static final String ACCESS_UNIT =
      "000000016742c00dd9014196c04400000fa40003a983c50a92" // SPS
          + "0000000168cb83cb20" // PPS
          + "0000000165b8000400000300000300"; // IDR slice

  protected RelayEngine engine =
      RelayEngine.builder()
          .network(
              NetworkOptions.DEFAULT
                  .withEventLoops(1)
                  .withBindAddress(new InetSocketAddress("127.0.0.1", 0)))
          .build();
  protected Publisher publisher =
      engine.publish("live", List.of(TrackDescription.of("video", Codec.H264)));
  protected String offerSdp = offer();
  protected Viewer viewer = engine.play("live", offerSdp);
  protected ByteBuffer accessUnit = ByteBuffer.wrap(HexFormat.of().parseHex(ACCESS_UNIT));
  protected InputStream encoderOutput =
      new ByteArrayInputStream(HexFormat.of().parseHex(ACCESS_UNIT));
  protected List<ByteBuffer> accessUnits = List.of(accessUnit, accessUnit);
  protected byte[] sps = HexFormat.of().parseHex("6742c00dd9014196c04400000fa40003a983c50a92");
  protected byte[] pps = HexFormat.of().parseHex("68cb83cb20");
  protected ByteBuf rtpPacket =
      Unpooled.wrappedBuffer(HexFormat.of().parseHex("80ef00010000000000005eed41e0f8fffe"));
  protected EventLoopGroup hostEventLoops = engine.eventLoops();
  protected MeterRegistry meterRegistry = new SimpleMeterRegistry();
  protected long timestamp;

  /** the snippet */
  public abstract void run() throws Exception;

  protected void encodeAt(long bitrate) {
    assertThat(bitrate).isPositive();
  }

  protected void sendToBrowser(String answerSdp) {
    assertThat(answerSdp).startsWith("v=0").contains("a=ice-lite");
  }

  protected void encodeKeyframe() {}

  protected void log(Object message) {
    assertThat(message).isNotNull();
  }

  @Override
  public void close() {
    engine.close();
  }

  private static String offer() {
    try (InputStream in =
        SnippetContext.class.getResourceAsStream("/dev/sluice/sdp/chromium.sdp")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
