package dev.sluice.session;

import dev.sluice.log.PacketLog;

/** Interim. */
final class TrackSender {
  void attach(PacketLog log) {}

  boolean sendAvailable(Egress egress, PacketLog log, int most) {
    return false;
  }
}
