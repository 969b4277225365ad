package dev.sluice.ice;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One session's ICE agent with one component, lite or full, as a demultiplexer and a sender see it.
 *
 * <p><b>Paths.</b> A path leads to a remote address over UDP, or is a connection that the peer has
 * made (RFC 6544). Whatever the caller sends by may stand for one, such as the remote address
 * itself where there is nothing but one UDP socket. Equal ones are the same path.
 *
 * <p>Time is {@code now} in nanoseconds of one monotonic clock. Not thread-safe; a listener must
 * not call back into a method that changes the agent.
 *
 * @param <P> what stands for a path
 */
public interface IceAgent<P> extends AutoCloseable {
  /**
   * The size in bytes that {@link #handle} and {@link #writeCheck} require of their output arrays.
   */
  int MAX_MESSAGE_LENGTH = BindingRequester.MAX_REQUEST_LENGTH;

  /**
   * Handles one STUN datagram. Ask {@link #dueCheck} afterwards.
   *
   * @param now the time in nanoseconds
   * @param datagram holds the datagram, not modified
   * @param offset of its first byte
   * @param length of it in bytes
   * @param path by which it came
   * @param remote the address it came from, resolved
   * @param out receives a response at index 0; another array than datagram, of at least {@link
   *     #MAX_MESSAGE_LENGTH} bytes
   * @return the length of the response to send back by that path, or 0 for none
   */
  int handle(
      long now,
      byte[] datagram,
      int offset,
      int length,
      P path,
      InetSocketAddress remote,
      byte[] out);

  /**
   * Has the agent select nothing but proved paths from now on; call it when there is something to
   * send that nobody else shall be made to receive. A selected pair that is not the proved one is
   * left at once, and selected again when it has answered a check of ours. If none is selected
   * then, the connect timeout starts anew. A full agent selects nothing else anyway.
   *
   * @param now the time in nanoseconds
   * @param proved a path by which the peer is known to receive, by what it sent back: it is
   *     selected if it is one of a valid pair; null if there is none
   */
  void requireProof(long now, @Nullable P proved);

  /**
   * Has a path checked without need to select it, where there is much to send by it: {@link
   * #isProved} when it answers. Nothing happens for one that has not answered before. A full agent
   * checks all paths anyway.
   *
   * @param now the time in nanoseconds
   * @param path of a valid pair; else nothing happens
   */
  void seekProof(long now, P path);

  /**
   * Whether the peer receives by a path: it has answered a check of ours there.
   *
   * @param path any
   * @return true if it is that of a valid pair of the newest generation, and proved
   */
  boolean isProved(P path);

  /**
   * Where a check of our own is to be sent now, by {@link #writeCheck}. Ask after {@link #handle},
   * {@link #requireProof}, {@link #seekProof} and {@link #handleTimeout}, until it is null.
   *
   * @param now the time in nanoseconds
   * @return the path of a pair, or null while no check is due
   */
  @Nullable P dueCheck(long now);

  /**
   * Writes the check that is due.
   *
   * @param now the time in nanoseconds
   * @param out receives the check at index 0; at least {@link #MAX_MESSAGE_LENGTH} bytes
   * @return its length, to be sent by the path that {@link #dueCheck} says; 0 if none is due
   */
  int writeCheck(long now, byte[] out);

  /**
   * By which path to send.
   *
   * @return that of the selected pair, or null while there is none
   */
  @Nullable P selected();

  /**
   * Whether something authenticated, a check or the answer to one of ours, has come by this path
   * and the pair is still kept: DTLS and media that come by it are the peer's, even before a pair
   * is nominated.
   *
   * @param path any
   * @return true if it is that of such a pair
   */
  boolean knows(P path);

  /**
   * A path is no more: its connection was closed. When it was selected another valid pair is turned
   * to, or for as long as to connect the peer may come back by a new path. Ask {@link #dueCheck}
   * afterwards. A full agent has no connections.
   *
   * @param now the time in nanoseconds
   * @param path any; nothing happens for one that is not known
   */
  void lost(long now, P path);

  /**
   * When {@link #handleTimeout}, {@link #dueCheck} and {@link #isExpired} may next have something
   * to say. A datagram moves it, mostly to later: ask again when it has come.
   *
   * @return a time in nanoseconds
   */
  long nextTimeout();

  /**
   * Does what is due. Call it at {@link #nextTimeout}; calling it early does no harm.
   *
   * @param now the time in nanoseconds
   */
  void handleTimeout(long now);

  /**
   * Whether the session is over: no pair has consent, and there is no time left to connect anew.
   * While {@link #selected} is null it has failed to connect, else consent was lost.
   *
   * @param now the time in nanoseconds
   * @return true from the timeout on
   */
  boolean isExpired(long now);

  /** Reports all routes as gone. A datagram that still comes is ignored. */
  @Override
  void close();
}
