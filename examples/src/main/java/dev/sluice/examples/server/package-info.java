/**
 * A relay server for one machine: RTSP and WebRTC in and out, and pages to watch and publish.
 *
 * <p>{@link dev.sluice.examples.server.RelayServer} embeds the engine as any host would: it owns
 * the engine, the RTSP server, the HTTP server and the sample clip, and closes them in the opposite
 * order.
 */
@NullMarked
package dev.sluice.examples.server;

import org.jspecify.annotations.NullMarked;
