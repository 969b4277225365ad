package dev.sluice;

/** One WebRTC peer that watches a stream. */
public final class Viewer implements AutoCloseable {
  private final String id;
  private final LiveStream stream;
  private final String answer;

  Viewer(String id, LiveStream stream, String answer) {
    this.id = id;
    this.stream = stream;
    this.answer = answer;
  }

  /** an unguessable name of this session, fit for a URL */
  public String id() {
    return id;
  }

  /** what it watches */
  public LiveStream stream() {
    return stream;
  }

  /** the SDP answer to its offer */
  public String answer() {
    return answer;
  }

  /**
   * Takes candidates that the peer found after its offer. An ICE-lite agent does not need them.
   *
   * @param sdpFragment an {@code application/trickle-ice-sdpfrag} (RFC 8840)
   * @throws NegotiationException if it is malformed
   */
  public void addRemoteCandidates(String sdpFragment) {}

  /**
   * Restarts ICE with the peer's new credentials; media goes on over the old path until the new one
   * is nominated.
   *
   * @param sdpFragment holds the peer's new ufrag and password
   * @return the fragment to answer with
   * @throws NegotiationException if it is malformed or holds no new credentials
   */
  public String restartIce(String sdpFragment) {
    return sdpFragment;
  }

  /** whether the session ended */
  public boolean isClosed() {
    return false;
  }

  /**
   * Has the host told when the session ends; at once if it did already.
   *
   * @param listener called once, on any thread
   */
  public void onClose(Runnable listener) {}

  /** Ends the session. */
  @Override
  public void close() {}
}
