/** Turns JMH's JSON results into a table and a chart. */
@NullMarked
package dev.sluice.benchmarks.report;

import org.jspecify.annotations.NullMarked;
