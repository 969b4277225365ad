package dev.sluice.ice;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes down what an agent reports. */
final class RecordingListener implements IceListener<InetSocketAddress> {
  private final List<String> events = new ArrayList<>();

  @Override
  public void pathAdded(InetSocketAddress remote) {
    events.add("added " + remote.getPort());
  }

  @Override
  public void pathRemoved(InetSocketAddress remote) {
    events.add("removed " + remote.getPort());
  }

  @Override
  public void selectedChanged(@Nullable InetSocketAddress remote) {
    events.add("selected " + (remote == null ? "none" : remote.getPort()));
  }

  @Override
  public void ufragRetired(String ufrag) {
    events.add("retired " + ufrag);
  }

  /** The events since the last call. */
  List<String> take() {
    List<String> taken = List.copyOf(events);
    events.clear();
    return taken;
  }
}
