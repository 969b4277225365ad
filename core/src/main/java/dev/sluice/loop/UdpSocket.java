package dev.sluice.loop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelPromise;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.channel.unix.SegmentedDatagramPacket;
import java.net.InetSocketAddress;

/**
 * One event loop's socket on the engine's UDP port: gathers datagrams and hands them to the kernel
 * in batches, runs of equal size as one segmented datagram where the kernel does that.
 *
 * <p>When the kernel or the device refuses a segmented datagram, its packets are sent again one by
 * one, and so are the next runs on that {@link UdpPath}, whose MTU may be smaller than the packets.
 *
 * <p>What the kernel does not take waits. Media is to stop at {@link #isWritable}; what else there
 * is to send, answers and control, has some room more and is dropped beyond it.
 */
public final class UdpSocket {

  /** the kernel's limit of segments in one datagram */
  public static final int MAX_SEGMENTS = 64;

  /** the largest UDP payload over IPv4, in bytes */
  public static final int MAX_RUN_BYTES = 65_507;

  private static final int MOST_REFUSALS = 64;
  private static final int ROOM_FOR_CONTROL = 4;
  private static final int EIO = -5;
  private static final int EINVAL = -22;
  private static final int EMSGSIZE = -90;

  private final Channel channel;
  private final ByteBufAllocator allocator;
  private final int batchSize;
  private final Backlog backlog;
  private final Counter datagramsSent = new Counter();
  private final Counter bytesSent = new Counter();
  private final Counter sendErrors = new Counter();
  private final Counter congested = new Counter();
  private final Counter segmentationRefused = new Counter();
  private final boolean segmentation;
  private volatile int refusedInARow;
  private int unflushed;

  /**
   * Wraps a bound channel.
   *
   * @param channel a datagram channel
   * @param segmentation whether to use segmentation offload when the channel can
   * @param batchSize datagrams to gather before they are handed to the kernel
   */
  public UdpSocket(Channel channel, boolean segmentation, int batchSize) {
    this.channel = channel;
    this.batchSize = batchSize;
    this.segmentation =
        segmentation
            && channel instanceof EpollDatagramChannel
            && EpollDatagramChannel.isSegmentedDatagramPacketSupported();
    allocator = channel.alloc();
    int high = channel.config().getWriteBufferHighWaterMark();
    backlog = new Backlog(channel, high / ROOM_FOR_CONTROL);
  }

  /**
   * {@return whether runs go out as segmented datagrams at this moment; false when none is taken}
   */
  public boolean isSegmenting() {
    return segmentation && refusedInARow < MOST_REFUSALS;
  }

  Channel channel() {
    return channel;
  }

  /** {@return false while the kernel takes no more} */
  public boolean isWritable() {
    return channel.isWritable();
  }

  /**
   * Sends one datagram with the next flush.
   *
   * @param bytes its content is copied
   * @param offset where it starts
   * @param length in bytes
   * @param to the receiver
   */
  void send(byte[] bytes, int offset, int length, InetSocketAddress to) {
    if (backlog.isFull()) {
      congested.increment();
      return;
    }
    ByteBuf content = allocator.directBuffer(length, length).writeBytes(bytes, offset, length);
    write(new DatagramPacket(content, to), channel.voidPromise(), 1, length);
  }

  /**
   * Sends consecutive datagrams of one size, of which the last may be shorter.
   *
   * @param bytes their content, one behind the other, is copied
   * @param offset where the first starts
   * @param length of all together, in bytes
   * @param segmentSize of each, in bytes
   * @param to the receiver
   */
  public void sendRun(byte[] bytes, int offset, int length, int segmentSize, UdpPath to) {
    if (!segmentation || length <= segmentSize || !to.takesSegments()) {
      for (int at = 0; at < length; at += segmentSize) {
        send(bytes, offset + at, Math.min(segmentSize, length - at), to.address());
      }
      return;
    }
    int segments = (length + segmentSize - 1) / segmentSize;
    if (backlog.isFull()) {
      congested.add(segments);
      return;
    }
    ByteBuf content = allocator.directBuffer(length, length).writeBytes(bytes, offset, length);
    Run run = new Run(content, segmentSize, to);
    write(run, channel.newPromise().addListener(run), segments, length);
  }

  /** Hands everything gathered to the kernel. */
  public void flush() {
    if (unflushed > 0) {
      unflushed = 0;
      channel.flush();
    }
  }

  /** {@return datagrams given to the kernel} */
  public long datagramsSent() {
    return datagramsSent.get();
  }

  /** {@return UDP payload bytes given to the kernel} */
  public long bytesSent() {
    return bytesSent.get();
  }

  /** {@return datagrams the kernel refused} */
  public long sendErrors() {
    return sendErrors.get();
  }

  /** {@return segmented datagrams that were refused and sent again one by one} */
  public long segmentationRefused() {
    return segmentationRefused.get();
  }

  /**
   * Counts a datagram that the kernel refused; called by the channel's handler, to which each
   * failure goes, of a run too.
   */
  public void sendFailed() {
    sendErrors.increment();
  }

  /** {@return datagrams dropped because too many waited for the kernel} */
  public long congested() {
    return congested.get();
  }

  private void write(DatagramPacket packet, ChannelPromise promise, int datagrams, int bytes) {
    channel.write(packet, promise);
    datagramsSent.add(datagrams);
    bytesSent.add(bytes);
    unflushed += datagrams;
    if (unflushed >= batchSize) {
      flush();
    }
  }

  private static boolean refusesSegments(Throwable cause) {
    return cause instanceof NativeIoException e
        && (e.expectedErr() == EIO || e.expectedErr() == EINVAL || e.expectedErr() == EMSGSIZE);
  }

  /** A segmented datagram that keeps its content until the kernel has taken it. */
  private final class Run extends SegmentedDatagramPacket implements ChannelFutureListener {
    private final UdpPath path;

    Run(ByteBuf content, int segmentSize, UdpPath to) {
      super(content.retain(), segmentSize, to.address());
      path = to;
    }

    @Override
    public void operationComplete(ChannelFuture sent) {
      try {
        Throwable cause = sent.cause();
        if (cause != null) {
          failed(cause);
        } else if (refusedInARow > 0) {
          refusedInARow = 0;
        }
      } finally {
        content().release();
      }
    }

    private void failed(Throwable cause) {
      if (!refusesSegments(cause)) {
        sendErrors.add((content().readableBytes() - 1) / segmentSize());
        channel.pipeline().fireExceptionCaught(cause);
        return;
      }
      path.refusedSegments();
      refusedInARow = Math.min(refusedInARow + 1, MOST_REFUSALS);
      segmentationRefused.increment();
      for (int at = 0; at < content().readableBytes(); at += segmentSize()) {
        int length = Math.min(segmentSize(), content().readableBytes() - at);
        ByteBuf segment = content().retainedSlice(content().readerIndex() + at, length);
        channel.write(new DatagramPacket(segment, recipient()), channel.voidPromise());
      }
      channel.flush();
    }
  }
}
