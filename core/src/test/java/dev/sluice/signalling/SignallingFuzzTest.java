package dev.sluice.signalling;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.sluice.Ingest;
import dev.sluice.NetworkOptions;
import dev.sluice.RelayEngine;
import dev.sluice.rtp.InterleavedFrames;
import dev.sluice.sdp.OfferTexts;
import dev.sluice.whip.WhipHandler;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a user asks for, in whatever order, even by the name of another one's session: that one
 * goes on, nobody is let in without a token, no address is looked up, and each response is one of
 * HTTP.
 */
class SignallingFuzzTest {
  private static final String TOKEN = "mallory";
  private static final String TOKEN_OF_ANOTHER = UUID.randomUUID().toString();
  private static final String AUTHORIZED = "Authorization: Bearer " + TOKEN + "\n";
  private static final String OFFER =
      OfferTexts.read("chromium.sdp").replace("a=recvonly", "a=sendonly");
  private static final String CANDIDATE =
      """
      a=ice-ufrag:%s
      a=ice-pwd:%s
      m=video 9 UDP/TLS/RTP/SAVPF 96
      a=mid:0
      a=candidate:1 1 udp 1 192.0.2.1 1 typ host
      """;

  /** stand in a request for the identifiers of the two sessions */
  private static final String OWN = "OWN";

  private static final String ANOTHERS = "OTHER";

  private static final List<Ingest> SESSIONS = new ArrayList<>();
  private static RelayEngine engine;
  private static WhipHandler handler;
  private static boolean allowed;

  @BeforeAll
  static void start() {
    engine =
        RelayEngine.builder()
            .network(NetworkOptions.DEFAULT.withBindAddress(new InetSocketAddress("127.0.0.1", 0)))
            .build();
    handler =
        new WhipHandler(
            engine,
            WhipHandler.options()
                .pathPrefix("/live")
                .allowedOrigin("*")
                .trustForwarded(true)
                .authorizer(SignallingFuzzTest::authorize)
                .onSession(SESSIONS::add)
                .build());
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  private static CompletionStage<Decision> authorize(Access access) {
    InetSocketAddress address = access.remoteAddress();
    assertThat(address != null && address.isUnresolved()).isFalse();
    allowed = TOKEN.equals(access.token());
    return CompletableFuture.completedFuture(
        allowed || TOKEN_OF_ANOTHER.equals(access.token())
            ? Decision.allow(access.token())
            : Decision.unauthorized());
  }

  static Stream<byte[]> requests() {
    String post = "POST /live/cam/whip\nContent-Type: application/sdp\n" + AUTHORIZED;
    String patch =
        "Content-Type: application/trickle-ice-sdpfrag\nIf-Match: \"1\"\n" + AUTHORIZED + "\n";
    String restart = CANDIDATE.formatted("ysXw", "vw5LmwyExlhcvOYTep7rFSzKUb");
    return Stream.of(
        script(
            post + "Forwarded: for=\"[2001:db8::1]:4711\";proto=https\n\n" + OFFER,
            "PATCH /live/cam/whip/OWN\n" + patch + restart,
            "PATCH /live/cam/whip/OWN\n" + patch.replace("\"1\"", "W/\"2\", *") + "a=mid:0\n",
            "DELETE /live/cam/whip/OWN\n" + AUTHORIZED + "\n"),
        script(
            post + "X-Forwarded-For: 203.0.113.7, 192.0.2.9:80\n\n" + OFFER,
            "DELETE /live/other/whip/OTHER\n" + AUTHORIZED + "\n",
            "PATCH /live/other/whip/OTHER\n" + patch + restart,
            "DELETE /live/cam/whip/OTHER\n\n"),
        script(
            "OPTIONS /live/%C3%BC/whip?x\nAccess-Control-Request-Method: POST\n\n",
            "POST /live/cam/whip\nAuthorization: Basic bTp4\nContent-Type: application/sdp\n\nv=0",
            post + "Accept: text/html;q=1, application/*;q=0.5\n\nv=0\r\n",
            "GET /live/a/../whip\n\n"));
  }

  private static byte[] script(String... requests) {
    ByteBuf script = Unpooled.buffer();
    for (String request : requests) {
      byte[] text = request.getBytes(StandardCharsets.UTF_8);
      InterleavedFrames.writeHeader(script, 0, text.length);
      script.writeBytes(text);
    }
    return ByteBufUtil.getBytes(script);
  }

  /** one request after the other, framed as in RTSP */
  @MethodSource("requests")
  @FuzzTest
  void shouldAnswerAnyRequestsOfAUser(byte @NotNull [] bytes) {
    Ingest another = begin(TOKEN_OF_ANOTHER);
    Ingest own = begin(TOKEN);
    ByteBuf script = Unpooled.wrappedBuffer(bytes);
    InterleavedFrames frames = new InterleavedFrames();
    while (frames.next(script) == InterleavedFrames.Status.FRAME) {
      String text =
          script
              .toString(frames.offset(), frames.length(), StandardCharsets.UTF_8)
              .replace(OWN, own.id())
              .replace(ANOTHERS, another.id());
      check(RequestTexts.parse(text));
    }
    assertThat(another.isClosed()).isFalse();
    assertThat(send("PATCH", another, "If-Match: \"1\"\n").status()).isEqualTo(204);
    assertThat(send("DELETE", another, "").status()).isEqualTo(200);
    SESSIONS.forEach(Ingest::close);
    SESSIONS.clear();
  }

  private static void check(SignallingRequest request) {
    allowed = false;
    int before = SESSIONS.size();
    SignallingResponse response = handler.handle(request);
    assertThat(response.status()).matches(status -> status >= 200 && status < 500 || status == 503);
    assertThat(SESSIONS.size() - before).isEqualTo(response.status() == 201 ? 1 : 0);
    assertThat(response.status() != 201 || allowed).isTrue();
    response.headers().forEach((name, value) -> assertThat(name + value).matches("[ -~]*"));
  }

  private static Ingest begin(String token) {
    String headers = "Content-Type: application/sdp\nAuthorization: Bearer " + token + "\n\n";
    handler.handle(RequestTexts.parse("POST /live/other/whip\n" + headers + OFFER));
    return SESSIONS.get(SESSIONS.size() - 1);
  }

  private static SignallingResponse send(String method, Ingest session, String headers) {
    String text =
        "%s /live/other/whip/%s\n%sContent-Type: application/trickle-ice-sdpfrag\n"
            + "Authorization: Bearer %s\n\na=mid:0\r\n";
    return handler.handle(
        RequestTexts.parse(text.formatted(method, session.id(), headers, TOKEN_OF_ANOTHER)));
  }
}
