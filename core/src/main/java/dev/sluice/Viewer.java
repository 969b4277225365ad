package dev.sluice;

import dev.sluice.ice.IceCredentials;
import dev.sluice.sdp.SdpException;
import dev.sluice.sdp.TrickleFragment;
import dev.sluice.session.SessionListener;
import dev.sluice.session.ViewerSession;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One WebRTC peer that watches a stream. */
public final class Viewer implements AutoCloseable {
  private final String id;
  private final LiveStream stream;
  private final ViewerFactory factory;
  private final List<Runnable> closeListeners = new ArrayList<>();
  private volatile boolean closed;
  private volatile boolean connected;
  private @Nullable ViewerSession session;
  private List<String> candidates = List.of();
  private String answer = "";

  Viewer(String id, LiveStream stream, ViewerFactory factory) {
    this.id = id;
    this.stream = stream;
    this.factory = factory;
  }

  void begin(ViewerSession newSession, String newAnswer, List<String> localCandidates) {
    session = newSession;
    answer = newAnswer;
    candidates = localCandidates;
  }

  /** {@return an unguessable name of this session, fit for a URL} */
  public String id() {
    return id;
  }

  /** {@return what it watches} */
  public LiveStream stream() {
    return stream;
  }

  /** {@return the SDP answer to its offer} */
  public String answer() {
    return answer;
  }

  /** {@return whether ICE and DTLS are through and the session has not ended} */
  public boolean isConnected() {
    return connected && !isClosed();
  }

  /** {@return whether the session ended} */
  public boolean isClosed() {
    return closed;
  }

  /**
   * Takes candidates that the peer found after its offer. An ICE-lite agent does not need them.
   *
   * @param sdpFragment an {@code application/trickle-ice-sdpfrag} (RFC 8840)
   * @throws NegotiationException if it is malformed
   */
  public void addRemoteCandidates(String sdpFragment) {
    TrickleFragment fragment = parse(sdpFragment);
    onLoop(session -> fragment.candidates().forEach(session::addRemoteCandidate));
  }

  /**
   * Restarts ICE (RFC 8445, section 9) with new credentials on both sides; media goes on over the
   * old path until a new one is nominated.
   *
   * @param sdpFragment holds the peer's new user-name fragment and password (RFC 8840)
   * @return the fragment to answer with
   * @throws NegotiationException if it is malformed or holds no credentials
   */
  public String restartIce(String sdpFragment) {
    TrickleFragment fragment = parse(sdpFragment);
    if (fragment.credentials() == null) {
      throw new NegotiationException(
          "an ICE restart needs a=ice-ufrag and a=ice-pwd in the fragment");
    }
    IceCredentials local = factory.newCredentials();
    onLoop(current -> current.restartIce(local));
    return fragment.answer(local, candidates);
  }

  /**
   * Has the host told when the session ends; at once if it did already. Listeners are called in the
   * order they came.
   *
   * @param listener called once, on any thread
   */
  public void onClose(Runnable listener) {
    synchronized (closeListeners) {
      if (!closed) {
        closeListeners.add(listener);
        return;
      }
    }
    listener.run();
  }

  /**
   * {@return what was sent to it and what it said of that; from any thread, each figure as of a
   * moment ago}
   */
  public ViewerStatistics statistics() {
    return ViewerStatistics.of(session().media());
  }

  /** Ends the session; the peer is told. */
  @Override
  public void close() {
    close(DisconnectReason.CLOSED_BY_HOST);
  }

  void close(DisconnectReason reason) {
    onLoop(current -> current.close(reason));
  }

  SessionListener listener(RelayListener host) {
    return new SessionListener() {
      @Override
      public void connected() {
        connected = true;
        SafeCall.run(() -> host.viewerConnected(Viewer.this));
      }

      @Override
      public void firstFrameSent() {
        SafeCall.run(() -> host.firstFrameSent(Viewer.this));
      }

      @Override
      public void ended(DisconnectReason reason) {
        List<Runnable> listeners = markClosed();
        factory.ended(Viewer.this);
        listeners.forEach(SafeCall::run);
        SafeCall.run(() -> host.viewerDisconnected(Viewer.this, reason));
      }
    };
  }

  private List<Runnable> markClosed() {
    synchronized (closeListeners) {
      closed = true;
      return List.copyOf(closeListeners);
    }
  }

  private ViewerSession session() {
    if (session == null) {
      throw new IllegalStateException("the session has not begun");
    }
    return session;
  }

  private void onLoop(Consumer<ViewerSession> action) {
    ViewerSession current = session();
    if (isClosed()) {
      return;
    }
    current.loop().eventLoop().execute(() -> action.accept(current));
  }

  private static TrickleFragment parse(String sdpFragment) {
    try {
      return TrickleFragment.parse(sdpFragment);
    } catch (SdpException e) {
      throw new NegotiationException(e);
    }
  }
}
