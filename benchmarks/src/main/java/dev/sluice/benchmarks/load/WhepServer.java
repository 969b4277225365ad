package dev.sluice.benchmarks.load;

import dev.sluice.benchmarks.load.publish.RtspPublishers;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A WHEP server that somebody has started on this machine, and its process.
 *
 * @param name in the table
 * @param url of its WHEP endpoint, with {@value #STREAM} in the place of a stream's name
 * @param rtspPort where it takes streams that are published over RTSP
 * @param pid of its process
 */
record WhepServer(String name, String url, int rtspPort, long pid) implements LoadedRelay {
  private static final String STREAM = "{stream}";
  private static final int FIELDS = 4;
  private static final int CREATED = 201;
  private static final long LEAVE_MILLIS = 2_000;
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /**
   * Reads a list.
   *
   * @param text {@code NAME|URL|RTSP-PORT|PID}, with spaces between several
   */
  static List<WhepServer> parseAll(String text) {
    return Arrays.stream(text.trim().split("\\s+"))
        .filter(one -> !one.isEmpty())
        .map(WhepServer::parse)
        .toList();
  }

  private static WhepServer parse(String text) {
    String[] fields = text.split("\\|");
    if (fields.length != FIELDS) {
      throw new IllegalArgumentException("'" + text + "' is not NAME|URL|RTSP-PORT|PID");
    }
    int port = Integer.parseInt(fields[2]);
    return new WhepServer(fields[0], fields[1], port, Long.parseLong(fields[3]));
  }

  @Override
  public Closeable publish(int streams, Scenario scenario) throws IOException {
    return new RtspPublishers(rtspPort, streams, scenario.kilobits(), scenario.frameRate());
  }

  @Override
  public UnaryOperator<String> player(int stream) {
    URI endpoint = URI.create(url.replace(STREAM, "s" + stream));
    return offer -> post(endpoint, offer);
  }

  private static String post(URI endpoint, String offer) {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/sdp")
            .POST(HttpRequest.BodyPublishers.ofString(offer))
            .build();
    try {
      HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != CREATED) {
        throw new IOException(endpoint + ": " + response.statusCode() + ' ' + response.body());
      }
      return response.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public double heapAfterCollection() {
    return Double.NaN;
  }

  @Override
  public Map<String, Long> statistics() {
    return Map.of();
  }

  @Override
  public ProcessUsage usage() {
    return ProcessUsage.of(pid);
  }

  @Override
  public void awaitViewers(int count) throws InterruptedException {
    Thread.sleep(LEAVE_MILLIS);
  }

  /** It goes on: it is not ours. */
  @Override
  public void close() {}
}
