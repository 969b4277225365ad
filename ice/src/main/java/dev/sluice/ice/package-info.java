/**
 * STUN (RFC 8489) and ICE (RFC 8445), without I/O.
 *
 * <p><b>Purpose.</b> An {@link dev.sluice.ice.IceAgent} finds out where media may be sent to one
 * peer and whether that peer still consents to it (RFC 7675). {@link dev.sluice.ice.IceLiteAgent}
 * answers the connectivity checks of a peer that has made an offer; {@link
 * dev.sluice.ice.IceFullAgent} checks one that was made an offer. {@link
 * dev.sluice.ice.StunMessage}, {@link dev.sluice.ice.StunWriter} and {@link
 * dev.sluice.ice.StunAuthenticator} are the codec below them. {@link dev.sluice.ice.HostCandidates}
 * writes what this side advertises, {@link dev.sluice.ice.RemoteCandidate} reads what the other
 * does.
 *
 * <p><b>What a lite agent does not do.</b> It gathers nothing, never takes the controlling role and
 * has no use for remote candidates, so it resolves no name. It learns every remote address from an
 * authenticated check (peer-reflexive).
 *
 * <p><b>Trust.</b> Only a request whose message integrity holds changes anything. Its source
 * address may be forged, or the request recorded and sent again, as RFC 8445 section 19 describes.
 * So the lite agent does one thing more than RFC 8445 asks of it: before it follows the peer to an
 * address it sends a check of its own there and waits for the authenticated answer, which any full
 * agent gives. A full agent selects nothing without one.
 *
 * <p><b>Threading.</b> No type here is thread-safe unless it is immutable. The agents of one event
 * loop share one {@link dev.sluice.ice.IceContext}; both belong to that loop's thread.
 *
 * <p><b>Time and buffers.</b> Time is an argument in nanoseconds of any monotonic clock; deadlines
 * compare wrap-safely. Datagrams are slices of the caller's arrays, borrowed until the call returns
 * and never written to; answers are written into the caller's array. A bad datagram never throws,
 * it moves an {@link dev.sluice.ice.IceCounter}.
 */
@NullMarked
package dev.sluice.ice;

import org.jspecify.annotations.NullMarked;
