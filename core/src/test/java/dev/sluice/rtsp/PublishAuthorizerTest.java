package dev.sluice.rtsp;

import static dev.sluice.rtsp.TestPeer.URI;
import static dev.sluice.rtsp.TestPeer.assertOk;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublishAuthorizerTest {

  private static TestPeer peer(PublishAuthorizer authorizer) {
    return new TestPeer(new RtspServerBuilder(null).authorizer(authorizer));
  }

  private static String announce(TestPeer peer, String uri, String... headers) {
    List<String> all = new ArrayList<>(List.of(headers));
    all.add("Content-Type: application/sdp");
    return peer.requestWithBody("ANNOUNCE", uri, TestPeer.SDP, all.toArray(String[]::new));
  }

  private static String basic(String pair) {
    byte[] bytes = pair.getBytes(StandardCharsets.UTF_8);
    return "Authorization: Basic " + Base64.getEncoder().encodeToString(bytes);
  }

  @Test
  void shouldAskForCredentialsAndTakeThem() {
    TestPeer peer =
        peer(request -> "jürgen".equals(request.user()) && request.isPassword("se:cret"));
    assertThat(announce(peer, URI))
        .startsWith("RTSP/1.0 401 ")
        .contains("WWW-Authenticate: Basic realm=");
    assertThat(announce(peer, URI, basic("jürgen:wrong"))).startsWith("RTSP/1.0 401 ");
    assertOk(announce(peer, URI, basic("jürgen:se:cret")));
    assertThat(peer.statistics().unauthorized()).isEqualTo(2);
    peer.close();
  }

  @Test
  void shouldTellTheHostWhoAsks() {
    List<PublishRequest> asked = new ArrayList<>();
    TestPeer peer = peer(asked::add);
    assertOk(announce(peer, URI + "?token=t0p", basic("me:pa55")));
    PublishRequest request = asked.get(0);
    assertThat(request.streamName()).isEqualTo("live/cam");
    assertThat(request.query()).isEqualTo("token=t0p");
    assertThat(request.password()).isEqualTo("pa55");
    assertThat(request.remoteAddress().getPort()).isEqualTo(40_000);
    assertThat(request.toString())
        .contains("live/cam")
        .doesNotContain("t0p")
        .doesNotContain("pa55");
    assertThat(new BasicCredentials("me", "pa55").toString()).doesNotContain("pa55");
    peer.close();
  }

  @Test
  void shouldCloseAfterThreeRefusals() {
    TestPeer peer = peer(request -> false);
    assertThat(announce(peer, URI)).startsWith("RTSP/1.0 401 ");
    assertThat(announce(peer, URI)).startsWith("RTSP/1.0 401 ");
    assertThat(announce(peer, URI)).startsWith("RTSP/1.0 401 ").contains("Connection: close");
    assertThat(peer.channel.isOpen()).isFalse();
    peer.close();
  }

  @Test
  void shouldTakeAFailureOfTheHostAsRefusal() {
    TestPeer peer =
        peer(
            request -> {
              throw new IllegalStateException("no database");
            });
    assertThat(announce(peer, URI)).startsWith("RTSP/1.0 401 ");
    peer.close();
  }

  @Test
  void shouldTakeMalformedCredentialsAsNone() {
    for (String header :
        List.of("Basic", "Basic ", "Basic !!!", "Digest username=\"a\"", "Basic YQ==", "")) {
      assertThat(BasicCredentials.parse(header)).as(header).isNull();
    }
    assertThat(BasicCredentials.parse("basic YTpi")).isEqualTo(new BasicCredentials("a", "b"));
    assertThat(BasicCredentials.parse("Basic Og==")).isEqualTo(new BasicCredentials("", ""));
  }
}
