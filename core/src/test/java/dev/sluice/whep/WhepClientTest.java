package dev.sluice.whep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A hostile server on a socket. */
@Timeout(60)
class WhepClientTest {
  private static final String TOKEN = "secret-token";

  private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  private final URI url = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/cam/whep");

  WhepClientTest() throws IOException {}

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  private WhepClient client(Duration timeout) {
    return new WhepClient(WhepClient.shared(), url, TOKEN, timeout.toNanos());
  }

  /** takes one request, and answers it with these bytes */
  private Socket answer(String response) throws IOException {
    Socket accepted = server.accept();
    InputStream in = accepted.getInputStream();
    for (int blank = 0; blank < 4; ) {
      int expected = "\r\n\r\n".charAt(blank);
      blank = in.read() == expected ? blank + 1 : 0;
    }
    accepted.getOutputStream().write(response.getBytes(StandardCharsets.UTF_8));
    accepted.getOutputStream().flush();
    return accepted;
  }

  private static String declined(CompletableFuture<WhepReply> reply) throws Exception {
    return ((WhepReply.Declined) reply.get(30, TimeUnit.SECONDS)).end().reason();
  }

  @Test
  void shouldCloseTheConnectionOfABodyThatDoesNotEnd() throws Exception {
    CompletableFuture<WhepReply> reply = client(Duration.ofMillis(500)).post(url, "v=0");
    try (Socket accepted =
        answer(
            "HTTP/1.1 201 Created\r\nContent-Type: application/sdp\r\n"
                + "Content-Length: 1000\r\n\r\nv=0")) {
      assertThat(reply).failsWithin(30, TimeUnit.SECONDS);
      InputStream in = accepted.getInputStream();
      accepted.setSoTimeout(20_000);
      assertThat(in.readNBytes(3)).asString().isEqualTo("v=0");
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @Test
  void shouldNotQuoteItsOwnToken() throws Exception {
    String body = "Bearer " + TOKEN + " is\u2028not\u009bknown";
    CompletableFuture<WhepReply> reply = client(Duration.ofSeconds(30)).post(url, "v=0");
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    answer("HTTP/1.1 401 No\r\nContent-Length: " + bytes.length + "\r\n\r\n" + body).close();
    assertThat(declined(reply)).isEqualTo("it answered with status 401: Bearer *** is not known");
  }

  @Test
  void shouldFailAndNotThrowWhereNoRequestCanBeMade() {
    URI impossible = URI.create("http://127.0.0.1:70000/");
    WhepClient client = client(Duration.ofSeconds(30));
    assertThat(client.post(impossible, "v=0")).failsWithin(30, TimeUnit.SECONDS);
    client.delete(impossible);
  }
}
