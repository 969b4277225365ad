/**
 * WHEP, the WebRTC-HTTP egress protocol (draft-ietf-wish-whep-03, in the manner of WHIP, RFC 9725),
 * for any HTTP server: a request goes in, a response comes out.
 *
 * <p>{@link dev.sluice.whep.WhepHandler} opens no socket and starts no thread. The host's server
 * calls it on any of its threads, several at a time; no call waits for the network. TLS and rate
 * limits are the host's, and so is who may watch: it decides before it hands a request over, or by
 * a {@link dev.sluice.whep.WhepAuthorizer}.
 */
@NullMarked
package dev.sluice.whep;

import org.jspecify.annotations.NullMarked;
