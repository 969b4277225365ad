/** SRTP and SRTCP (RFC 3711, RFC 7714). */
@NullMarked
package dev.sluice.srtp;

import org.jspecify.annotations.NullMarked;
