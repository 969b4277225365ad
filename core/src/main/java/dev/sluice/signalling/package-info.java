/**
 * What WHIP and WHEP share, for any HTTP server: a request goes in, a response comes out.
 *
 * <p>Nothing here opens a socket or starts a thread. The host's server calls on any of its threads,
 * several at a time; no call waits for the network. TLS and rate limits are the host's, and so is
 * who may watch or publish: it decides before it hands a request over, or by an {@link
 * dev.sluice.signalling.Authorizer}.
 */
@NullMarked
package dev.sluice.signalling;

import org.jspecify.annotations.NullMarked;
