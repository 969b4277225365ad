/**
 * Many WebRTC viewers in one process, cheap enough to leave the machine to the relay: real sockets,
 * ICE checks, DTLS and SRTP; every packet is authenticated, decrypted and checked.
 *
 * <p>A viewer belongs to one event loop and is used from its thread alone, but for its DTLS
 * handshake, which runs on a small executor.
 */
@NullMarked
package dev.sluice.benchmarks.load.viewer;

import org.jspecify.annotations.NullMarked;
