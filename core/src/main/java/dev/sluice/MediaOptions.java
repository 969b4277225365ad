package dev.sluice;

/** What is done to the media of publishers. */
public final class MediaOptions extends OptionGroup<MediaOptions> {
  /** the defaults */
  public static final MediaOptions DEFAULT = new MediaOptions();

  private boolean reorderedPictures;

  private MediaOptions() {}

  /**
   * {@return whether pictures that are shown before one that was sent earlier, B pictures, pass as
   * they are. Default false: browsers show pictures in the order in which they come, so those that
   * nothing refers to are left out, and the others get a time just behind}
   */
  public boolean reorderedPictures() {
    return reorderedPictures;
  }

  /**
   * With or without B pictures.
   *
   * @param pass whether they pass as they are, with timestamps that go back
   * @return the changed options
   */
  public MediaOptions withReorderedPictures(boolean pass) {
    return with(copy -> copy.reorderedPictures = pass);
  }
}
