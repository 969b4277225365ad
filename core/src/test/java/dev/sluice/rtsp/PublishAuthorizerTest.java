package dev.sluice.rtsp;

import static dev.sluice.rtsp.TestPeer.URI;
import static dev.sluice.rtsp.TestPeer.assertOk;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.Throwables;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
  void shouldTellWhichRenditionIsToBePublished() {
    List<String> asked = new ArrayList<>();
    TestPeer peer =
        peer(request -> asked.add(request.streamName() + " " + request.rendition()) && false);
    announce(peer, URI);
    announce(peer, URI + "?token=a&rendition=l%6Fw");
    assertThat(asked).hasSize(2).first().asString().endsWith(" main");
    assertThat(asked.get(1)).isEqualTo(asked.get(0).replace(" main", " low"));
    peer.close();
  }

  @Test
  void shouldAskForCredentialsAndTakeThem() {
    TestPeer peer =
        peer(request -> "jürgen".equals(request.user()) && request.isPassword("se:cret"));
    assertThat(announce(peer, URI))
        .startsWith("RTSP/1.0 401 ")
        .containsIgnoringCase("WWW-Authenticate: Basic realm=");
    assertThat(announce(peer, URI, basic("jürgen:wrong"))).startsWith("RTSP/1.0 401 ");
    assertOk(announce(peer, URI, basic("jürgen:se:cret")));
    assertThat(peer.statistics().unauthorized()).isEqualTo(2);
    assertOk(
        peer.request(
            "SETUP",
            URI + "/streamid=0",
            "Transport: RTP/AVP/TCP;unicast;interleaved=0-1;mode=record"));
    assertOk(peer.request("RECORD", URI));
    assertThat(peer.sinks.first().context.user()).isEqualTo("jürgen");
    peer.close();
  }

  private static String parameter(String response, String algorithm, String name) {
    Matcher matcher =
        Pattern.compile("Digest .*\\b" + name + "=\"?([^\",\r]+).*algorithm=" + algorithm)
            .matcher(response);
    assertThat(matcher.find()).as(response).isTrue();
    return matcher.group(1);
  }

  private static String hash(String algorithm, String text) throws Exception {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
  }

  /** What a client without qop answers to a challenge. */
  private static String digest(String response, String algorithm, String uri, String password)
      throws Exception {
    String nonce = parameter(response, algorithm, "nonce");
    String secret = hash(algorithm, "jürgen:sluice:" + password);
    String proof = hash(algorithm, secret + ':' + nonce + ':' + hash(algorithm, "ANNOUNCE:" + uri));
    return ("Authorization: Digest username=\"jürgen\", realm=\"sluice\", nonce=\"%s\", uri=\"%s\","
            + " response=\"%s\", algorithm=%s")
        .formatted(nonce, uri, proof, algorithm);
  }

  @Test
  void shouldTakeDigestCredentials() throws Exception {
    for (String algorithm : List.of("SHA-256", "MD5")) {
      TestPeer peer = peer(PublishAuthorizer.passwords(Map.of("jürgen", "se:cret")::get));
      String challenge = announce(peer, URI);
      assertThat(announce(peer, URI, digest(challenge, algorithm, URI, "wrong")))
          .startsWith("RTSP/1.0 401 ");
      assertOk(announce(peer, URI, digest(challenge, algorithm, URI, "se:cret")));
      peer.close();
    }
  }

  @Test
  void shouldTakeDigestForItsUriPeerAndTimeOnly() throws Exception {
    TestPeer peer = peer(PublishAuthorizer.passwords(user -> "se:cret"));
    String challenge = announce(peer, URI);
    assertThat(announce(peer, URI, digest(challenge, "MD5", URI + "2", "se:cret")))
        .startsWith("RTSP/1.0 401 ")
        .doesNotContain("stale");
    peer.close();

    TestPeer late = peer(PublishAuthorizer.passwords(user -> "se:cret"));
    String old = announce(late, URI);
    for (int i = 0; i < 7; i++) {
      late.advance(Duration.ofSeconds(9));
      late.request("OPTIONS", URI);
    }
    String stale = announce(late, URI, digest(old, "MD5", URI, "se:cret"));
    assertThat(stale).startsWith("RTSP/1.0 401 ").contains("stale=true");
    assertOk(announce(late, URI, digest(stale, "MD5", URI, "se:cret")));
    late.close();

    DigestNonces nonces = new DigestNonces(new SecureRandom());
    InetAddress one = InetAddress.getByName("127.0.0.1");
    String nonce = nonces.make(one, -5);
    assertThat(nonces.judge(nonce, one, 5)).isEqualTo(DigestNonces.Verdict.FRESH);
    assertThat(nonces.judge(nonce, InetAddress.getByName("127.0.0.2"), 5))
        .isEqualTo(DigestNonces.Verdict.FOREIGN);
    for (String other : List.of("", "0", nonce.substring(1), nonce + "0", "0".repeat(48))) {
      assertThat(nonces.judge(other, one, 5)).isEqualTo(DigestNonces.Verdict.FOREIGN);
    }
  }

  /** RFC 7616, section 3.9.1. */
  @Test
  void shouldComputeDigestsOfTheRfc() {
    for (String vector :
        List.of(
            "MD5 8ca523f5e9506fed4657c9700eebdbec",
            "SHA-256 753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1")) {
      String[] words = vector.split(" ");
      DigestCredentials credentials =
          DigestCredentials.parse(
              "Digest username=\"Mufasa\", realm=\"http-auth@example.org\","
                  + " uri=\"/dir/index.html\", algorithm="
                  + words[0]
                  + ", nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", nc=00000001,"
                  + " cnonce=\"f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ\", qop=auth,"
                  + " response=\""
                  + words[1]
                  + "\"",
              "GET");
      assertThat(credentials).isNotNull();
      assertThat(credentials.isPassword("Circle of Life")).isTrue();
      assertThat(credentials.isPassword("Circle of life")).isFalse();
      assertThat(credentials.user()).isEqualTo("Mufasa");
      assertThat(credentials.password()).isNull();
    }
  }

  @Test
  void shouldAskByTheSchemesThatTheHostAllows() {
    TestPeer peer =
        new TestPeer(
            new RtspServerBuilder(null)
                .authorizer(request -> request.isPassword("b"))
                .authentication(AuthenticationScheme.DIGEST_MD5));
    assertThat(announce(peer, URI, basic("a:b")))
        .startsWith("RTSP/1.0 401 ")
        .contains("algorithm=MD5")
        .doesNotContain("Basic")
        .doesNotContain("SHA-256");
    peer.close();
  }

  @Test
  void shouldTakeMalformedDigestsAsNone() {
    for (String header :
        List.of(
            "Digest",
            "Digest ",
            "Digest nonce",
            "Digest nonce=\"a",
            "Digest nonce=a, algorithm=MD5-sess",
            "Digest nonce=a, qop=auth-int",
            "Basic YTpi")) {
      assertThat(DigestCredentials.parse(header, "ANNOUNCE")).as(header).isNull();
    }
  }

  @Test
  void shouldTellTheHostWhoAsks() {
    List<AccessRequest> asked = new ArrayList<>();
    TestPeer peer = peer(asked::add);
    assertOk(announce(peer, URI + "?token=t0p", basic("me:pa55")));
    AccessRequest request = asked.get(0);
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

  static Stream<Throwable> throwables() {
    return Throwables.all();
  }

  @ParameterizedTest
  @MethodSource("throwables")
  void shouldTakeAFailureOfTheHostAsRefusal(Throwable thrown) {
    TestPeer peer =
        peer(
            request -> {
              throw Throwables.sneak(thrown);
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
