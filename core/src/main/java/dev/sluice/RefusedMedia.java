package dev.sluice;

/**
 * A media description of an offer in which nothing is sent.
 *
 * @param index its place in the offer, from 0
 * @param kind its media type as the offer has it, such as {@code video}; cut where it is long
 * @param reason what keeps it from being served; printable ASCII, without secrets
 */
public record RefusedMedia(int index, String kind, String reason) {}
