package dev.sluice.webrtc;

import dev.sluice.BitrateListener;
import dev.sluice.receive.RtcpEndpoint;
import dev.sluice.receive.RtcpOut;
import dev.sluice.receive.TrackReceiver;
import dev.sluice.rtcp.ReceptionStatistics;
import dev.sluice.sdp.Feedback;
import java.util.List;
import java.util.Objects;

/**
 * Asks a peer by REMB, where it knows that, to send no more than its viewers' links carry. A peer
 * keeps to all that it sends on one path together, so that of simulcast nothing is limited while
 * one encoding is not. A request may get lost: once there was a limit, it is said each second.
 */
final class BitrateLimit {
  private static final long INTERVAL_NANOS = 1_000_000_000;

  /** browsers never send more */
  private static final long NO_LIMIT = 1_000_000_000;

  private final List<IncomingEncoding> encodings;
  private final boolean understood;
  private long bitrate = NO_LIMIT;
  private boolean said;
  private long nextNanos;

  BitrateLimit(List<IncomingEncoding> encodings) {
    this.encodings = encodings;
    understood =
        encodings.stream()
            .flatMap(encoding -> encoding.tracks().stream())
            .anyMatch(track -> track.negotiated().feedback().contains(Feedback.REMB));
  }

  /** Says what is to be said now. */
  void turn(long nowNanos, List<TrackReceiver> receivers, RtcpEndpoint reports, RtcpOut out) {
    long present = present();
    boolean changed = present != bitrate;
    boolean repeats = said && nowNanos - nextNanos >= 0;
    if (understood && (changed || repeats)) {
      bitrate = present;
      said = true;
      nextNanos = nowNanos + INTERVAL_NANOS;
      reports.limit(present, ssrcs(receivers), out);
    }
  }

  private long present() {
    long sum = 0;
    for (IncomingEncoding encoding : encodings) {
      long hint = encoding.bitrateHint();
      if (hint == BitrateListener.UNLIMITED) {
        return NO_LIMIT;
      }
      sum += hint;
    }
    return Math.min(NO_LIMIT, sum);
  }

  private static int[] ssrcs(List<TrackReceiver> receivers) {
    return receivers.stream()
        .map(TrackReceiver::statistics)
        .filter(Objects::nonNull)
        .mapToInt(ReceptionStatistics::ssrc)
        .toArray();
  }
}
