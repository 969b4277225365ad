package dev.sluice.codec;

/**
 * How a track's media is written into its log.
 *
 * @param maxPayload size limit of the payloads, in bytes
 * @param passesReordered whether pictures that are shown before one that was sent earlier pass as
 *     they are; else those that nothing refers to are left out
 */
public record InputOptions(int maxPayload, boolean passesReordered) {}
