/**
 * Viewers' sessions: from a stream's log to encrypted datagrams, and the feedback that comes back.
 *
 * <p>A session belongs to one event loop and is used from its thread alone, except where a method
 * says otherwise. Nothing on the packet path takes a lock, sets a timer or passes a queue.
 */
@NullMarked
package dev.sluice.session;

import org.jspecify.annotations.NullMarked;
