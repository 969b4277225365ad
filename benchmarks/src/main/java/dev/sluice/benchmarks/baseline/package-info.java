/**
 * What other relays do and this one does not, to compare with: it stands behind interfaces of the
 * engine and lives here alone.
 */
package dev.sluice.benchmarks.baseline;
