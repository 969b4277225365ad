/**
 * SRTP and SRTCP (RFC 3711, RFC 7714): senders and receivers that work on byte arrays of the
 * caller.
 *
 * <p>A peer is served by up to four objects, each with the keys of its direction: {@link
 * dev.sluice.srtp.SrtpSender}, {@link dev.sluice.srtp.SrtcpSender}, {@link
 * dev.sluice.srtp.SrtpReceiver} and {@link dev.sluice.srtp.SrtcpReceiver}. The keys come from DTLS
 * ({@link dev.sluice.srtp.SrtpKeys}), the ciphers from the Java Cryptography Architecture: from its
 * preferred provider, or from one that the host names.
 *
 * <pre>
 *  SRTP      | RTP header       | payload, encrypted | tag |
 *  SRTCP GCM | 8 bytes of RTCP  | rest, encrypted    | tag |E| SRTCP index |
 *  SRTCP CM  | 8 bytes of RTCP  | rest, encrypted    |E| SRTCP index | tag |
 * </pre>
 *
 * <p>A packet that is refused gives a negative {@link dev.sluice.srtp.SrtpStatus}, never an
 * exception, and changes no state. Each object is used by one thread at a time. Arrays are borrowed
 * for the call. Master key identifiers, key derivation rates other than zero, and the encryption of
 * header extensions are not supported: DTLS-SRTP does not negotiate them.
 */
@NullMarked
package dev.sluice.srtp;

import org.jspecify.annotations.NullMarked;
