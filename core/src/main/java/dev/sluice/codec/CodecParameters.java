package dev.sluice.codec;

/** What is known of a track's media before the first packet: one record a codec. Immutable. */
public interface CodecParameters {}
