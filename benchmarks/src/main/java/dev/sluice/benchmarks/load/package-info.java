/**
 * The load profile: what a relay costs under real sockets, real DTLS and real SRTP.
 *
 * <p>The relay runs in a process of its own, whose CPU time, memory and threads are read from the
 * kernel; the viewers run in this one. The floor, the same cipher and the same system calls with
 * nothing around them, runs in a process like the relay's.
 */
@NullMarked
package dev.sluice.benchmarks.load;

import org.jspecify.annotations.NullMarked;
