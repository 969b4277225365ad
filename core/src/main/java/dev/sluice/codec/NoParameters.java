package dev.sluice.codec;

/** Of a codec of which there is nothing to know in advance. */
public record NoParameters() implements CodecParameters {}
