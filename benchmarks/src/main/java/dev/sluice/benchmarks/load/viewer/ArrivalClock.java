package dev.sluice.benchmarks.load.viewer;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollDatagramChannel;
import java.time.Instant;

/**
 * When datagrams reached a socket, by the kernel's time stamps ({@code SIOCGSTAMPNS}, see {@code
 * socket(7)}): a delay up to there is the relay's, and not that of the viewers' busy thread.
 */
final class ArrivalClock {
  private static final NativeLong SIOCGSTAMPNS = new NativeLong(0x8907);
  private static final int TIMESPEC_LENGTH = 16;
  private static final long SECOND = 1_000_000_000L;

  static {
    Native.register(ArrivalClock.class, "c");
  }

  private final int descriptor;
  private final Memory timespec = new Memory(TIMESPEC_LENGTH);

  /**
   * Has a socket's datagrams stamped from now on.
   *
   * @param channel must read datagrams one by one
   */
  ArrivalClock(EpollDatagramChannel channel) {
    descriptor = channel.fd().intValue();
    newest();
  }

  /** {@return whether a socket's datagrams can be stamped} */
  static boolean covers(Channel channel) {
    return channel instanceof EpollDatagramChannel && Native.LONG_SIZE == Long.BYTES;
  }

  /** {@return when the datagram that was read last came, on the clock of System.nanoTime} */
  long newest() {
    boolean stamped = ioctl(descriptor, SIOCGSTAMPNS, timespec) == 0;
    Instant now = Instant.now();
    long nanoTime = System.nanoTime();
    if (!stamped) {
      return nanoTime;
    }
    long seconds = now.getEpochSecond() - timespec.getLong(0);
    return nanoTime - Math.max(0, seconds * SECOND + now.getNano() - timespec.getLong(Long.BYTES));
  }

  private static native int ioctl(int descriptor, NativeLong request, Pointer timespec);
}
