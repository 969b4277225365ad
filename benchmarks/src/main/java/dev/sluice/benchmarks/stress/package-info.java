/** Concurrency stress tests (jcstress) of what event loops share without locks. */
package dev.sluice.benchmarks.stress;
