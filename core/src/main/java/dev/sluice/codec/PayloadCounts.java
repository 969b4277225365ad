package dev.sluice.codec;

/**
 * What a track's payloads held that decides whether viewers see a picture.
 *
 * @param keyframes pictures with known parameter sets at which decoding can start
 * @param recoveryPoints those of them that are no IDR picture: browsers do not start there
 * @param keyframesWithoutParameterSets the same without known parameter sets: of no use
 * @param reorderedPictures B pictures: sent after one that they are shown before
 * @param reorderedPicturesDropped those of them that were left out
 */
public record PayloadCounts(
    long keyframes,
    long recoveryPoints,
    long keyframesWithoutParameterSets,
    long reorderedPictures,
    long reorderedPicturesDropped) {

  /** of a codec that has none of this */
  public static final PayloadCounts NONE = new PayloadCounts(0, 0, 0, 0, 0);
}
