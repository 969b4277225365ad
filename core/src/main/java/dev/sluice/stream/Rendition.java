package dev.sluice.stream;

/**
 * One of several encodings of the same picture, which a viewer can be moved between.
 *
 * @param id how its publisher's {@link dev.sluice.PublisherContext} calls it
 * @param track where it is read
 */
public record Rendition(String id, Track track) {}
