/**
 * DTLS-SRTP key agreement (RFC 5763, RFC 5764). A {@link dev.sluice.srtp.dtls.DtlsServer} makes a
 * {@link dev.sluice.srtp.dtls.DtlsSession} for each peer; what comes out of it is a {@link
 * dev.sluice.srtp.dtls.SrtpKeyPair}. With a client:
 *
 * <pre>
 *  client                                      session                 executor
 *    | ClientHello, in pieces and any order       |                        |
 *    |-------------------------------------------&gt;| whole: first run       |
 *    |                                            |-----------------------&gt;|
 *    | ServerHello .. ServerHelloDone             |&lt;------- wake-up -------|
 *    |&lt;-------------------------------------------|                        |
 *    | Certificate .. Finished                    |                        |
 *    |-------------------------------------------&gt;| whole: second run      |
 *    |                                            |-----------------------&gt;|
 *    | Finished                                   |&lt;---- wake-up, keys -----|
 *    |&lt;-------------------------------------------|                        |
 * </pre>
 *
 * <p>Where this side is the client there are three runs: one makes the ClientHello, one answers the
 * server's flight, the last one reads its Finished. A cookie costs one more.
 *
 * <p>Bouncy Castle has the handshake and its curves, the JVM's providers the rest of the
 * cryptography. Its API blocks where it waits for the peer, and measures time by the wall clock.
 * Neither reaches this far: the session itself puts messages together and sends flights again, by
 * the time that it is handed, and Bouncy Castle runs only when all it is going to read is here. No
 * thread ever waits for a peer, so silent ones cost nothing but a timeout.
 *
 * <p>A session is used by one thread at a time, its owner; a server by any. Arrays are borrowed for
 * the call. Nothing from the network makes a method throw; what is malformed or too much is dropped
 * and counted, and what a peer can make a session keep is bounded. Before the handshake is complete
 * its plaintext part can be disturbed by who can send from the peer's address, as ever in DTLS:
 * that makes it fail or time out, never succeed with somebody else.
 *
 * <p>Once connected a session keeps its record keys, for close_notify, and its last datagram, in
 * case that it was lost: two to three kilobytes.
 */
@NullMarked
package dev.sluice.srtp.dtls;

import org.jspecify.annotations.NullMarked;
