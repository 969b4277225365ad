package dev.sluice.world;

/** The way of an encoder's packets to the engine. */
interface Uplink {
  /** whether what is written arrives, but for what is lost */
  boolean isUp();

  /**
   * Sends a packet.
   *
   * @param encoding which encoding of the picture it is of
   * @param packet RTP without header extensions
   */
  void write(int encoding, byte[] packet);

  /** All packets of a picture were written. */
  void flush();

  /** Publishes no more. */
  void close();
}
