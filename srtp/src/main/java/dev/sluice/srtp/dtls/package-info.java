/** DTLS-SRTP handshake (RFC 5763, RFC 5764). */
@NullMarked
package dev.sluice.srtp.dtls;

import org.jspecify.annotations.NullMarked;
