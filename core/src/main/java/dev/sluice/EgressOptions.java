package dev.sluice;

import dev.sluice.check.Check;

/** How datagrams leave. */
public final class EgressOptions extends OptionGroup<EgressOptions> {
  /** the defaults */
  public static final EgressOptions DEFAULT = new EgressOptions();

  private boolean pooledBuffers = true;
  private boolean segmentation = true;
  private int batchSize = 256;
  private int maxDatagramSize = 1_200;

  private EgressOptions() {}

  /**
   * {@return whether buffers come from a pool. Default true; unpooled costs an allocation for each
   * datagram and segment of a log}
   */
  public boolean pooledBuffers() {
    return pooledBuffers;
  }

  /**
   * With or without a pool.
   *
   * @param pooled whether buffers come from a pool
   * @return the changed options
   */
  public EgressOptions withPooledBuffers(boolean pooled) {
    return with(copy -> copy.pooledBuffers = pooled);
  }

  /**
   * {@return whether runs of equal size leave as one segmented datagram (UDP GSO) where the kernel
   * does that. Default true; without it each packet costs its own way through the kernel}
   */
  public boolean segmentation() {
    return segmentation;
  }

  /**
   * With or without segmentation offload.
   *
   * @param offload whether it is used where the kernel does it
   * @return the changed options
   */
  public EgressOptions withSegmentation(boolean offload) {
    return with(copy -> copy.segmentation = offload);
  }

  /**
   * {@return datagrams gathered before the kernel is called, 1 to 1,024. Default 256; a larger
   * batch holds more memory, a smaller one costs more calls}
   */
  public int batchSize() {
    return batchSize;
  }

  /**
   * With another batch size.
   *
   * @param datagrams gathered before the kernel is called
   * @return the changed options
   */
  public EgressOptions withBatchSize(int datagrams) {
    return with(copy -> copy.batchSize = datagrams);
  }

  /** {@return UDP payload of a packet in bytes, 576 to 1,452. Default 1,200} */
  public int maxDatagramSize() {
    return maxDatagramSize;
  }

  /**
   * With another packet size.
   *
   * @param bytes UDP payload of a full packet
   * @return the changed options
   */
  public EgressOptions withMaxDatagramSize(int bytes) {
    return with(copy -> copy.maxDatagramSize = bytes);
  }

  void validate() {
    Check.range("egress.batchSize", batchSize, 1, 1_024);
    Check.range("egress.maxDatagramSize", maxDatagramSize, 576, 1_452);
  }
}
