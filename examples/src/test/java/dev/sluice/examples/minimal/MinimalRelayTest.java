package dev.sluice.examples.minimal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

class MinimalRelayTest {

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
