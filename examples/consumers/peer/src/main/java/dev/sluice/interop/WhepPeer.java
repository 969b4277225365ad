package dev.sluice.interop;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Plays a WHEP resource for some seconds, and fails unless pictures and sound come. */
final class WhepPeer {
  private static final int LEAST_FRAMES_A_SECOND = 15;

  private final HttpClient http = HttpClient.newHttpClient();

  private WhepPeer() {}

  /**
   * Exits with 0 when all is well.
   *
   * @param args the address of the WHEP resource, and for how many seconds to play it
   */
  public static void main(String[] args) throws Exception {
    new WhepPeer().play(URI.create(args[0]), Integer.parseInt(args[1]));
    System.exit(0);
  }

  private void play(URI whep, int seconds) throws Exception {
    LibwebrtcViewer viewer = new LibwebrtcViewer(LibwebrtcViewer.newFactory());
    HttpResponse<String> answer = offer(whep, viewer.offer());
    require(answer.statusCode() == 201, "POST: " + answer.statusCode() + " " + answer.body());
    viewer.answer(answer.body());
    viewer.awaitConnected();
    Thread.sleep(seconds * 1_000L);
    System.out.printf("%d frames, %d samples%n", viewer.frames(), viewer.audioSamples());
    int ended = end(whep.resolve(answer.headers().firstValue("Location").orElseThrow()));
    require(viewer.frames() >= seconds * LEAST_FRAMES_A_SECOND, "too few frames");
    require(viewer.audioSamples() > 0, "no sound");
    require(ended == 200, "DELETE: " + ended);
  }

  private HttpResponse<String> offer(URI whep, String sdp)
      throws IOException, InterruptedException {
    HttpRequest post =
        HttpRequest.newBuilder(whep)
            .header("Content-Type", "application/sdp")
            .POST(BodyPublishers.ofString(sdp))
            .build();
    return http.send(post, BodyHandlers.ofString());
  }

  private int end(URI session) throws IOException, InterruptedException {
    HttpRequest delete = HttpRequest.newBuilder(session).DELETE().build();
    return http.send(delete, BodyHandlers.discarding()).statusCode();
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      System.err.println(otherwise);
      System.exit(1);
    }
  }
}
