/**
 * A relay server for one machine: RTSP in, WebRTC out, and a page to watch.
 *
 * <p>{@link dev.sluice.examples.server.RelayServer} embeds the engine as any host would: it owns
 * the engine, the RTSP server, the HTTP server and the sample clip, and closes them in the opposite
 * order.
 */
@NullMarked
package dev.sluice.examples.server;

import org.jspecify.annotations.NullMarked;
