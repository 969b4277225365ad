package dev.sluice.whep;

import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Talks to WHEP endpoints (draft-ietf-wish-whep section 4). Safe for any thread. */
final class WhepClient {
  private static final String SDP = "application/sdp";
  private static final int MAX_BODY = 65_536;
  private static final int MAX_QUOTE = 200;
  private static final long MAX_RETRY_AFTER_SECONDS = 3_600;

  /**
   * Weak, since its thread ends when nobody has the client any more: until then it holds the class
   * loader of the application that it was made in.
   */
  private static WeakReference<HttpClient> shared = new WeakReference<>(null);

  private final HttpClient http;
  private final URI endpoint;
  private final @Nullable String bearerToken;
  private final long timeoutNanos;

  /**
   * Makes a client.
   *
   * @param endpoint whose origin alone is told the token
   * @param timeoutNanos how long a response may take
   */
  WhepClient(HttpClient http, URI endpoint, @Nullable String bearerToken, long timeoutNanos) {
    this.http = http;
    this.endpoint = endpoint;
    this.bearerToken = bearerToken;
    this.timeoutNanos = timeoutNanos;
  }

  /** One for all pulls that name no other, for as long as there are any. */
  static synchronized HttpClient shared() {
    HttpClient client = shared.get();
    if (client == null) {
      client =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NEVER)
              .build();
      shared = new WeakReference<>(client);
    }
    return client;
  }

  /** Makes an offer; fails, and does not throw, where there is no response that can be read. */
  CompletableFuture<WhepReply> post(URI url, String offer) {
    HttpRequest request =
        request(url)
            .header("Content-Type", SDP)
            .header("Accept", SDP)
            .POST(HttpRequest.BodyPublishers.ofString(offer))
            .build();
    return send(request).thenApply(this::read);
  }

  /** Leaves a session; whether that was heard is of no use to anybody. */
  void delete(URI session) {
    send(request(session).DELETE().build());
  }

  private CompletableFuture<HttpResponse<String>> send(HttpRequest request) {
    CompletableFuture<HttpResponse<String>> exchange;
    try {
      exchange = http.sendAsync(request, info -> new BoundedBody(MAX_BODY));
    } catch (Throwable e) { // a client of the host's may throw what it likes
      return CompletableFuture.failedFuture(e);
    }
    return exchange
        .copy()
        .orTimeout(timeoutNanos, TimeUnit.NANOSECONDS)
        .whenComplete((response, failure) -> exchange.cancel(true)); // a body may never end
  }

  private HttpRequest.Builder request(URI url) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url).timeout(Duration.ofNanos(timeoutNanos));
    return bearerToken != null && WhepUrl.isSameOrigin(url, endpoint)
        ? request.header("Authorization", "Bearer " + bearerToken)
        : request;
  }

  /** what a response says, whatever it is */
  WhepReply read(HttpResponse<String> response) {
    int status = response.statusCode();
    String location = response.headers().firstValue("Location").orElse(null);
    URI target = WhepUrl.resolve(response.uri(), location);
    if (status == 201) {
      return isSdp(response)
          ? new WhepReply.Created(response.body(), session(response.uri(), target))
          : new WhepReply.Declined(WhepEnd.refused("its answer is no " + SDP));
    }
    if (status == 307 || status == 308) {
      return target == null
          ? new WhepReply.Declined(WhepEnd.failed("it redirects to where it cannot be followed"))
          : new WhepReply.Redirected(target);
    }
    WhepEnd.Kind kind = isRefusal(status) ? WhepEnd.Kind.REFUSED : WhepEnd.Kind.FAILED;
    return new WhepReply.Declined(
        new WhepEnd(kind, "it answered with status " + status + quote(response), delay(response)));
  }

  /** Elsewhere might be anything that the endpoint cannot reach itself. */
  private static @Nullable URI session(URI answering, @Nullable URI target) {
    return target != null && WhepUrl.isSameHost(answering, target) ? target : null;
  }

  private static boolean isSdp(HttpResponse<String> response) {
    String type = response.headers().firstValue("Content-Type").orElse("");
    return type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(SDP);
  }

  /** What comes and goes are streams (404, 409) and room for one more (429, 503). */
  private static boolean isRefusal(int status) {
    return status >= 400 && status < 500 && status != 404 && status != 409 && status != 429;
  }

  /** Endpoints may quote what they were sent. */
  private String quote(HttpResponse<String> response) {
    String said = response.body();
    String body = (bearerToken == null ? said : said.replace(bearerToken, "***")).strip();
    String head = body.length() > MAX_QUOTE ? body.substring(0, MAX_QUOTE) + "..." : body;
    return head.isEmpty() ? "" : ": " + head.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ");
  }

  /** In seconds (RFC 9110 section 10.2.3); a date is not read. */
  private static long delay(HttpResponse<String> response) {
    String text = response.headers().firstValue("Retry-After").orElse("").strip();
    boolean isNumber = text.matches("[0-9]{1,9}");
    return isNumber
        ? TimeUnit.SECONDS.toNanos(Math.min(Long.parseLong(text), MAX_RETRY_AFTER_SECONDS))
        : 0;
  }
}
