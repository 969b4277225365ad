package dev.sluice.interop;

import dev.onvoid.webrtc.PeerConnectionFactory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/** Watches a WHEP resource until it is closed. */
public final class WhepPeer implements AutoCloseable {
  private static final int LEAST_FRAMES_A_SECOND = 15;
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final PeerConnectionFactory FACTORY = LibwebrtcViewer.newFactory();

  private final LibwebrtcViewer viewer = new LibwebrtcViewer(FACTORY);
  private final Map<String, String> headers;
  private final URI session;

  /**
   * Joins, and returns when it is connected.
   *
   * @param whep the address of the resource
   * @param headers of each request beside those of WHEP
   * @throws Exception if it is not let in, or does not connect
   */
  public WhepPeer(URI whep, Map<String, String> headers) throws Exception {
    this.headers = headers;
    HttpRequest.Builder offer =
        HttpRequest.newBuilder(whep).header("Content-Type", "application/sdp");
    HttpResponse<String> answer = send(offer.POST(BodyPublishers.ofString(viewer.offer())), 201);
    session = whep.resolve(answer.headers().firstValue("Location").orElseThrow());
    viewer.answer(answer.body());
    viewer.awaitConnected();
  }

  /**
   * Plays a resource; exits with 0 when all is well.
   *
   * @param args the address of the WHEP resource, and for how many seconds to play it
   * @throws Exception if it cannot be played
   */
  public static void main(String[] args) throws Exception {
    int seconds = Integer.parseInt(args[1]);
    try (WhepPeer peer = new WhepPeer(URI.create(args[0]), Map.of())) {
      Thread.sleep(seconds * 1_000L);
      System.out.printf("%d frames, %d samples%n", peer.frames(), peer.samples());
      require(peer.frames() >= seconds * LEAST_FRAMES_A_SECOND, "too few frames");
      require(peer.samples() > 0, "no sound");
    } catch (Throwable e) {
      e.printStackTrace();
      System.exit(1); // libwebrtc's threads would go on
    }
    System.exit(0);
  }

  /** {@return pictures that were shown} */
  public int frames() {
    return viewer.frames();
  }

  private int samples() {
    return viewer.audioSamples();
  }

  /** Ends the session, and says so. */
  @Override
  public void close() throws Exception {
    send(HttpRequest.newBuilder(session).DELETE(), 200);
    viewer.close();
  }

  private HttpResponse<String> send(HttpRequest.Builder request, int expected)
      throws IOException, InterruptedException {
    headers.forEach(request::header);
    HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
    require(response.statusCode() == expected, response + ": " + response.body());
    return response;
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalStateException(otherwise);
    }
  }
}
