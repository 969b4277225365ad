/**
 * What a viewer's link carries, and what of a stream it gets: estimation of bandwidth and thinning,
 * without I/O.
 *
 * <p>All of it but {@link BitrateHint} is one viewer's own, is used by one thread at a time, and is
 * told the time: any monotonic clock in nanoseconds, the same for all calls. Bit rates are in bits
 * per second. Nothing of it is allocated for a packet or a report.
 */
@NullMarked
package dev.sluice.rate;

import org.jspecify.annotations.NullMarked;
