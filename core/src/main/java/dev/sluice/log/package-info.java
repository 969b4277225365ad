/**
 * The packet log: a stream's track is a sequence of ready-to-encrypt payloads, and a viewer is a
 * position in it.
 *
 * <p>One thread writes a log; any number of threads read it without locks. A reader may be
 * overtaken: it reads, then asks whether what it read was still there. Segments belong to the log
 * and go back to the engine's allocator when nothing in them is to be kept.
 */
@NullMarked
package dev.sluice.log;

import org.jspecify.annotations.NullMarked;
