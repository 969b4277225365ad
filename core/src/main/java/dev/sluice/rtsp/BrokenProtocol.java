package dev.sluice.rtsp;

import io.netty.handler.codec.http.HttpResponseStatus;

/**
 * Stands for bytes that are neither a request nor a frame; nothing is decoded after it.
 *
 * @param status what to answer
 * @param reason what is wrong
 */
record BrokenProtocol(HttpResponseStatus status, String reason) {}
