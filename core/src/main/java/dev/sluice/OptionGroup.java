package dev.sluice;

import java.util.function.Consumer;

/**
 * Options that belong together. They never change: each method {@code with...} gives a changed
 * copy, and options that come with later versions have defaults.
 *
 * @param <T> the group
 */
public abstract class OptionGroup<T extends OptionGroup<T>> implements Cloneable {

  OptionGroup() {}

  /** returns a copy that was changed before anybody else sees it */
  @SuppressWarnings("unchecked")
  final T with(Consumer<? super T> change) {
    try {
      T copy = (T) clone();
      change.accept(copy);
      return copy;
    } catch (CloneNotSupportedException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
