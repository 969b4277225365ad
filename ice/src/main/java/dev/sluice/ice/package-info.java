/**
 * STUN (RFC 8489) and ICE-lite (RFC 8445), without I/O.
 *
 * <p><b>Purpose.</b> {@link dev.sluice.ice.IceLiteAgent} answers the connectivity checks of one
 * peer and says where media may be sent and whether the peer still consents to it (RFC 7675).
 * {@link dev.sluice.ice.StunMessage}, {@link dev.sluice.ice.StunWriter} and {@link
 * dev.sluice.ice.StunAuthenticator} are the codec below it, of use to a client as well. {@link
 * dev.sluice.ice.HostCandidates} writes what an answer advertises.
 *
 * <p><b>What a lite agent does not do.</b> It sends no checks, gathers nothing and never takes the
 * controlling role. It has no mDNS and resolves no name: a remote candidate that is not an IP
 * literal is counted and forgotten. It learns every remote address from an authenticated check
 * (peer-reflexive), so a peer need not signal any candidate.
 *
 * <p><b>Trust.</b> Only a request whose message integrity holds changes anything. A lite agent
 * takes the source address of such a request as it is: whoever can record a check of the peer and
 * send it again from another address within the life of the credentials can redirect the
 * (encrypted) media, as RFC 8445 section 19 describes. A full ICE implementation would check back;
 * a lite one cannot.
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
