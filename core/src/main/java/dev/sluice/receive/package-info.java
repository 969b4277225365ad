/**
 * Receiving RTP, whatever door it came in by: order, loss, changes of the source, and the reports
 * that go back. One receiver a track feeds a sink, which publishes to the engine.
 *
 * <p>A receiver belongs to its session's event loop. Packets are borrowed for the call.
 */
@NullMarked
package dev.sluice.receive;

import org.jspecify.annotations.NullMarked;
