/** What strangers, viewers and encoders may do to a relay, with figures of what it does to it. */
@NullMarked
package dev.sluice.benchmarks.attack;

import org.jspecify.annotations.NullMarked;
