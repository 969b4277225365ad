package dev.sluice.benchmarks.load.relay;

import dev.sluice.DisconnectReason;
import dev.sluice.RelayListener;
import dev.sluice.Viewer;
import dev.sluice.benchmarks.baseline.MdnsListeners;

/**
 * The baseline's mDNS listeners, which can be kept from the viewers of a trial: to close one takes
 * seconds.
 */
final class SessionMdns implements RelayListener {
  private final MdnsListeners listeners = new MdnsListeners();
  private volatile boolean enabled;

  String enable() {
    enabled = true;
    return "ok";
  }

  int size() {
    return listeners.size();
  }

  @Override
  public void viewerConnected(Viewer viewer) {
    if (enabled) {
      listeners.viewerConnected(viewer);
    }
  }

  @Override
  public void viewerDisconnected(Viewer viewer, DisconnectReason reason) {
    if (enabled) {
      listeners.viewerDisconnected(viewer, reason);
    }
  }
}
