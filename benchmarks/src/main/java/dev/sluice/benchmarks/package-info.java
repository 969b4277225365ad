/**
 * JMH benchmarks of the packet path, one class for each part of it.
 *
 * <p>A method whose name begins with {@code floor} is what the others of its class can reach at
 * best: the same ciphers, system calls and copies with nothing around them. {@link
 * dev.sluice.benchmarks.Suite} runs them.
 */
package dev.sluice.benchmarks;
