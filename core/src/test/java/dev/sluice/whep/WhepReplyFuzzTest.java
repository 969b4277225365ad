package dev.sluice.whep;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever an endpoint answers, it leads nowhere but to HTTP, and not from TLS to clear text; what
 * is quoted of it is a short line; and it is not left alone for ever.
 */
class WhepReplyFuzzTest {
  private static final URI ENDPOINT = URI.create("https://relay.example/cam/whep");
  private static final WhepClient CLIENT =
      new WhepClient(HttpClient.newHttpClient(), ENDPOINT, "token", TimeUnit.SECONDS.toNanos(1));
  private static final int LONGEST_REASON = 300;
  private static final long LONGEST_DELAY = TimeUnit.HOURS.toNanos(1);

  static Stream<byte[]> responses() {
    return Stream.of(
            "201\nContent-Type: application/sdp; x=y\nLocation: ../whep/1\n\nv=0\r\n",
            "201\nContent-Type: text/plain\nLocation: http://relay.example/1\n\n",
            "307\nLocation: //other.example:8443/cam?x#y\n\n",
            "308\nLocation: ftp://user@other.example/\n\n",
            "503\nRetry-After: 120\n\nno\r\nway",
            "429\nRetry-After: Fri, 31 Dec 1999 23:59:59 GMT\n\n")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  /** a line with the status, header fields, an empty line, and the body */
  @MethodSource("responses")
  @FuzzTest
  void shouldReadAnyResponse(byte @NotNull [] bytes) {
    WhepReply reply = CLIENT.read(Response.parse(new String(bytes, StandardCharsets.UTF_8)));
    if (reply instanceof WhepReply.Created created && created.session() != null) {
      leadsToHttps(created.session());
    } else if (reply instanceof WhepReply.Redirected redirected) {
      leadsToHttps(redirected.target());
      assertThat(WhepUrl.isSameOrigin(redirected.target(), ENDPOINT))
          .isEqualTo(WhepUrl.isSameOrigin(ENDPOINT, redirected.target()));
    } else if (reply instanceof WhepReply.Declined declined) {
      assertThat(declined.end().reason())
          .hasSizeLessThan(LONGEST_REASON)
          .doesNotContainPattern("\\p{Cntrl}");
      assertThat(declined.end().leastDelayNanos()).isBetween(0L, LONGEST_DELAY);
    }
  }

  private static void leadsToHttps(URI target) {
    assertThat(target.getScheme()).isEqualToIgnoringCase("https");
    assertThat(target.getHost()).isNotEmpty();
    assertThat(target.getRawUserInfo()).isNull();
    HttpRequest.newBuilder(target); // takes what it can ask
  }

  private record Response(int statusCode, HttpHeaders headers, String body)
      implements HttpResponse<String> {

    static Response parse(String text) {
      String[] parts = text.split("\n\n", 2);
      String[] lines = parts[0].split("\n", -1);
      Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      for (int i = 1; i < lines.length; i++) {
        String[] header = lines[i].split(": ", 2);
        if (header[0].matches("[A-Za-z-]+") && header.length > 1) {
          headers.computeIfAbsent(header[0], name -> new ArrayList<>()).add(header[1]);
        }
      }
      return new Response(
          status(lines[0]),
          HttpHeaders.of(headers, (name, value) -> true),
          parts.length > 1 ? parts[1] : "");
    }

    private static int status(String line) {
      return line.matches("[2-5][0-9][0-9]") ? Integer.parseInt(line) : 200;
    }

    @Override
    public URI uri() {
      return ENDPOINT;
    }

    @Override
    public HttpRequest request() {
      return HttpRequest.newBuilder(ENDPOINT).build();
    }

    @Override
    public Optional<HttpResponse<String>> previousResponse() {
      return Optional.empty();
    }

    @Override
    public Optional<SSLSession> sslSession() {
      return Optional.empty();
    }

    @Override
    public HttpClient.Version version() {
      return HttpClient.Version.HTTP_1_1;
    }
  }
}
