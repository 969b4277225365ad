package dev.sluice.codec;

/**
 * How a track's media is written into its log.
 *
 * @param maxPayload size limit of the payloads, in bytes
 * @param passesReordered whether pictures that are shown before one that was sent earlier pass as
 *     they are
 */
public record InputOptions(int maxPayload, boolean passesReordered) {

  /**
   * Pictures that come late are left out where nothing refers to them.
   *
   * @param maxPayload see above
   */
  public InputOptions(int maxPayload) {
    this(maxPayload, false);
  }
}
