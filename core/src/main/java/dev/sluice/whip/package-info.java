/** WHIP, the WebRTC-HTTP ingestion protocol (RFC 9725), for any HTTP server. */
@NullMarked
package dev.sluice.whip;

import org.jspecify.annotations.NullMarked;
