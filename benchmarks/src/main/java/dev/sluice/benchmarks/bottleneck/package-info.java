/** A link of a given rate, queue, delay and loss between a relay and real peers. */
@NullMarked
package dev.sluice.benchmarks.bottleneck;

import org.jspecify.annotations.NullMarked;
