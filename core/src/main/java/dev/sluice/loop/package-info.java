/**
 * Event loops: the sockets, timers and counters that the sessions of one loop share.
 *
 * <p>Everything here belongs to one event loop and is used from its thread alone, except where a
 * method says otherwise.
 */
@NullMarked
package dev.sluice.loop;

import org.jspecify.annotations.NullMarked;
