package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.codec.Codec;
import dev.sluice.codec.PayloadCounts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaOptionsTest {
  private static final int FRAME = 3_000;
  private static final String KEYFRAME =
      "000000016742e01eda0280f6400000000168da2d082ee0000000016588804080112233";
  private static final String REFERENCE = "0000000161e0112233445566";
  private static final String DISPOSABLE = "0000000101e0112233445566";

  private final List<String> told = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({"false,2,1", "true,0,0"})
  void shouldSayWhetherBPicturesPass(boolean pass, int dropped, int timesTold) {
    try (RelayEngine engine = engine(MediaOptions.DEFAULT.withReorderedPictures(pass))) {
      FrameInput video =
          engine.publish("cam", List.of(TrackDescription.of("v", Codec.H264))).frames("v");
      write(video, KEYFRAME, 0);
      write(video, REFERENCE, 3);
      write(video, DISPOSABLE, 1);
      write(video, DISPOSABLE, 2);

      assertThat(video.statistics().payload()).isEqualTo(new PayloadCounts(1, 0, 0, 2, dropped));
      assertThat(told).hasSize(timesTold);
    }
  }

  private RelayEngine engine(MediaOptions options) {
    return RelayEngine.builder()
        .network(
            NetworkOptions.DEFAULT.withBindAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)))
        .media(options)
        .listener(
            new RelayListener() {
              @Override
              public void picturesReordered(LiveStream stream, String advice) {
                told.add(advice);
              }
            })
        .build();
  }

  private static void write(FrameInput video, String unit, int frame) {
    video.writeFrame(ByteBuffer.wrap(HexFormat.of().parseHex(unit)), frame * FRAME);
    video.flush();
  }
}
