package dev.sluice.rtsp;

import dev.sluice.loop.AddressLimit;
import java.util.concurrent.Semaphore;

/**
 * What the connections of a server may have together.
 *
 * @param sessions one permit for each session that may still be opened
 * @param players the same for sessions that play
 * @param idle the connections of each address that neither publish nor play
 * @param receiveMemory what is held of unfinished messages
 */
record ServerLimits(
    Semaphore sessions, Semaphore players, AddressLimit idle, ReceiveMemory receiveMemory) {

  ServerLimits(RtspOptions options) {
    this(
        new Semaphore(options.maxSessions()),
        new Semaphore(options.maxPlayers()),
        new AddressLimit(options.maxIdlePerAddress()),
        new ReceiveMemory());
  }
}
