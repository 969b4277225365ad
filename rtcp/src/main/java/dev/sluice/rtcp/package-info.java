/** RTCP messages (RFC 3550, RFC 4585). */
@NullMarked
package dev.sluice.rtcp;

import org.jspecify.annotations.NullMarked;
