package dev.sluice.rtsp;

import java.util.concurrent.Semaphore;

/**
 * What the connections of a server may have together.
 *
 * @param sessions one permit for each session that may still be opened
 * @param idle the connections of each address that publish nothing
 * @param receiveMemory what is held of unfinished messages
 */
record ServerLimits(Semaphore sessions, AddressLimit idle, ReceiveMemory receiveMemory) {

  ServerLimits(RtspOptions options) {
    this(
        new Semaphore(options.maxSessions()),
        new AddressLimit(options.maxIdlePerAddress()),
        new ReceiveMemory());
  }
}
