/**
 * What runs in processes of its own, so that its cost can be told from the load generator's: the
 * relay, and the floor that it is compared with. Both obey lines on standard input and end with it.
 */
@NullMarked
package dev.sluice.benchmarks.load.relay;

import org.jspecify.annotations.NullMarked;
