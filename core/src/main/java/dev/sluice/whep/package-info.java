/**
 * WHEP, the WebRTC-HTTP egress protocol (draft-ietf-wish-whep-03, in the manner of WHIP, RFC 9725),
 * for any HTTP server.
 */
@NullMarked
package dev.sluice.whep;

import org.jspecify.annotations.NullMarked;
