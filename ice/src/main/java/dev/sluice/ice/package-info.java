/** STUN (RFC 8489) and ICE-lite (RFC 8445). */
@NullMarked
package dev.sluice.ice;

import org.jspecify.annotations.NullMarked;
