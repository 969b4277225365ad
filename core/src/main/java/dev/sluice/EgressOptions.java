package dev.sluice;

/**
 * How datagrams leave.
 *
 * @param pooledBuffers whether buffers come from a pool. Default true; unpooled costs an allocation
 *     for each datagram and segment of a log
 * @param segmentation whether runs of equal size leave as one segmented datagram (UDP GSO) where
 *     the kernel does that. Default true; without it each packet costs its own way through the
 *     kernel
 * @param batchSize datagrams gathered before the kernel is called, 1 to 1,024. Default 256; a
 *     larger batch holds more memory, a smaller one costs more calls
 * @param maxDatagramSize UDP payload of a packet in bytes, 576 to 1,452. Default 1,200
 */
public record EgressOptions(
    boolean pooledBuffers, boolean segmentation, int batchSize, int maxDatagramSize) {

  /** the defaults */
  public static final EgressOptions DEFAULT = new EgressOptions(true, true, 256, 1_200);

  /**
   * With or without a pool.
   *
   * @param pooled whether buffers come from a pool
   * @return the changed options
   */
  public EgressOptions withPooledBuffers(boolean pooled) {
    return new EgressOptions(pooled, segmentation, batchSize, maxDatagramSize);
  }

  /**
   * With or without segmentation offload.
   *
   * @param offload whether it is used where the kernel does it
   * @return the changed options
   */
  public EgressOptions withSegmentation(boolean offload) {
    return new EgressOptions(pooledBuffers, offload, batchSize, maxDatagramSize);
  }

  /**
   * With another batch size.
   *
   * @param datagrams gathered before the kernel is called
   * @return the changed options
   */
  public EgressOptions withBatchSize(int datagrams) {
    return new EgressOptions(pooledBuffers, segmentation, datagrams, maxDatagramSize);
  }

  /**
   * With another packet size.
   *
   * @param bytes UDP payload of a full packet
   * @return the changed options
   */
  public EgressOptions withMaxDatagramSize(int bytes) {
    return new EgressOptions(pooledBuffers, segmentation, batchSize, bytes);
  }

  void validate() {
    Check.range("egress.batchSize", batchSize, 1, 1_024);
    Check.range("egress.maxDatagramSize", maxDatagramSize, 576, 1_452);
  }
}
