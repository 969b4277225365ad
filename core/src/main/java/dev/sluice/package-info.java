/**
 * The embeddable relay engine.
 *
 * <p>{@link dev.sluice.RelayEngine} is built once by a host application. Streams come in through
 * {@link dev.sluice.RelayEngine#publish} (or an RTSP server on top of it) and go out to WebRTC
 * viewers through {@link dev.sluice.RelayEngine#play} (or a WHEP handler on top of it).
 *
 * <p>Every public method may be called from any thread unless it says otherwise. Buffers given to
 * the engine are borrowed until the call returns.
 */
@NullMarked
package dev.sluice;

import org.jspecify.annotations.NullMarked;
