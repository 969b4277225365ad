package dev.sluice.examples.minimal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.examples.clip.Clip;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MinimalRelayTest {

  @Test
  void shouldPublishWhatAnEncoderWrites() throws Exception {
    try (MinimalRelay relay = new MinimalRelay(0, 0, 0);
        InputStream clip = Clip.class.getResourceAsStream("clip.h264")) {
      List<String> seen = new ArrayList<>();
      InputStream watched =
          new FilterInputStream(clip) {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
              relay.streams().forEach(stream -> seen.add(stream.name()));
              return super.read(bytes, offset, length);
            }
          };
      relay.publish("piped", watched);

      assertThat(seen).isNotEmpty().containsOnly("piped");
      assertThat(relay.streams()).isEmpty();
    }
  }

  @Test
  void shouldServeItsPageAndAnswerWhep() throws Exception {
    try (MinimalRelay relay = new MinimalRelay(0, 0, 0)) {
      URI page = URI.create("http://127.0.0.1:" + relay.httpAddress().getPort() + "/cam");
      HttpRequest offer =
          HttpRequest.newBuilder(URI.create(page + "/whep"))
              .header("Content-Type", "application/sdp")
              .POST(BodyPublishers.ofString("v=0\r\n"))
              .build();
      HttpClient client = HttpClient.newHttpClient();

      HttpResponse<String> shown =
          client.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString());
      HttpResponse<String> answered = client.send(offer, BodyHandlers.ofString());

      assertThat(shown.statusCode()).isEqualTo(200);
      assertThat(shown.body()).contains("<video");
      assertThat(answered.statusCode()).isEqualTo(404);
      assertThat(answered.body()).contains("\"status\":404");
    }
  }
}
