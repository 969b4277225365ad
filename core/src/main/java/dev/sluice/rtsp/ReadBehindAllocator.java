package dev.sluice.rtsp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;

/**
 * Gives the transport the buffer in which the decoder holds an unfinished message, so that the rest
 * of it is read to where it belongs. Only a part that stands at the end of a full buffer is moved.
 *
 * <p>Sizes of fresh buffers follow the traffic once media comes. For one channel, whose first
 * handler the decoder is.
 */
final class ReadBehindAllocator implements RecvByteBufAllocator {

  private static final int MIN_CAPACITY = 4_096;

  /** the largest buffer that Netty's pool keeps for each thread */
  private static final int MAX_CAPACITY = 32_768;

  private static final AdaptiveRecvByteBufAllocator SIZES =
      new AdaptiveRecvByteBufAllocator(MIN_CAPACITY, MIN_CAPACITY, MAX_CAPACITY);

  private final InterleavedRtspDecoder decoder;

  ReadBehindAllocator(InterleavedRtspDecoder decoder) {
    this.decoder = decoder;
  }

  @Override
  @SuppressWarnings("deprecation")
  public Handle newHandle() {
    return new ReadBehindHandle((ExtendedHandle) SIZES.newHandle());
  }

  private final class ReadBehindHandle extends DelegatingHandle implements ExtendedHandle {
    private final ExtendedHandle sizes;

    ReadBehindHandle(ExtendedHandle sizes) {
      super(sizes);
      this.sizes = sizes;
    }

    @Override
    public ByteBuf allocate(ByteBufAllocator allocator) {
      ByteBuf unfinished = decoder.unfinished(sizes.guess());
      if (unfinished != null) {
        return unfinished.retain();
      }
      return decoder.expectsFrames() ? sizes.allocate(allocator) : allocator.ioBuffer(MIN_CAPACITY);
    }

    @Override
    public boolean continueReading(UncheckedBooleanSupplier maybeMoreData) {
      return sizes.continueReading(maybeMoreData);
    }
  }
}
