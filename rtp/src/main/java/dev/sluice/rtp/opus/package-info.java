/** The Opus payload format (RFC 7587): how long packets last, and when each begins. */
@NullMarked
package dev.sluice.rtp.opus;

import org.jspecify.annotations.NullMarked;
