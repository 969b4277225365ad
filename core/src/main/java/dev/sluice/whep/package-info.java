/**
 * WHEP, the WebRTC-HTTP egress protocol (draft-ietf-wish-whep-03, in the manner of WHIP, RFC 9725),
 * for any HTTP server, and streams that are pulled from other servers' endpoints.
 */
@NullMarked
package dev.sluice.whep;

import org.jspecify.annotations.NullMarked;
