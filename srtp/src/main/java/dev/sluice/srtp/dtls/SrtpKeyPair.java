package dev.sluice.srtp.dtls;

import dev.sluice.srtp.SrtpKeys;

/**
 * The SRTP keys of both directions, as negotiated. Their profile is the same.
 *
 * @param local what this side protects with
 * @param remote what the peer protects with
 */
public record SrtpKeyPair(SrtpKeys local, SrtpKeys remote) {}
