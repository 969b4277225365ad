package dev.sluice.loop;

/**
 * What the connections of an event loop's sessions carry; kept on that loop, read by any thread.
 */
public final class TcpTraffic {
  private final Counter packetsReceived = new Counter();
  private final Counter packetsSent = new Counter();
  private final Counter bytesSent = new Counter();
  private final Counter dropped = new Counter();

  /** Counts nothing yet. */
  public TcpTraffic() {}

  /** Counts a packet that came. */
  public void received() {
    packetsReceived.increment();
  }

  void sent(int packets, int bytes) {
    packetsSent.add(packets);
    bytesSent.add(bytes);
  }

  void dropped(int packets) {
    dropped.add(packets);
  }

  /** {@return packets that came} */
  public long packetsReceived() {
    return packetsReceived.get();
  }

  /** {@return packets given to connections} */
  public long packetsSent() {
    return packetsSent.get();
  }

  /** {@return bytes of those, without their lengths} */
  public long bytesSent() {
    return bytesSent.get();
  }

  /** {@return packets dropped because too much waited in their connection, or it was closed} */
  public long dropped() {
    return dropped.get();
  }
}
