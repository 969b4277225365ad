package dev.sluice.stream;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Who is there, and what all who ever were there counted together: what each has counted goes over
 * to the sums once, when it leaves, so that no sum ever falls. Safe for any thread.
 *
 * @param <T> who counts
 * @param <S> the sums
 */
public final class Tally<T, S extends Tally.Sums<? super T, S>> {
  private final Set<T> present = new LinkedHashSet<>();
  private final S past;

  /**
   * Adds up figures.
   *
   * @param <T> who counts
   * @param <S> the same type
   */
  public interface Sums<T, S> {

    /**
     * Adds what one has counted until now.
     *
     * @param one who
     */
    void add(T one);

    /** {@return the same sums, to be changed on their own} */
    S copy();
  }

  /**
   * Makes a tally of nobody.
   *
   * @param zero sums of nothing, which the tally keeps
   */
  public Tally(S zero) {
    past = zero;
  }

  /**
   * Counts somebody in.
   *
   * @param one who came
   */
  public synchronized void enter(T one) {
    present.add(one);
  }

  /**
   * Counts somebody out, whose figures grow no more; nothing happens when that was done already.
   *
   * @param one who left
   * @return whether it was there
   */
  public synchronized boolean leave(T one) {
    boolean wasThere = present.remove(one);
    if (wasThere) {
      past.add(one);
    }
    return wasThere;
  }

  /** {@return who is there} */
  public synchronized Collection<T> present() {
    return new ArrayList<>(present);
  }

  /** {@return whether nobody is there} */
  public synchronized boolean isEmpty() {
    return present.isEmpty();
  }

  /** {@return what all have counted until now} */
  public S sums() {
    List<T> there;
    S sums;
    synchronized (this) {
      there = new ArrayList<>(present);
      sums = past.copy();
    }
    there.forEach(sums::add); // without the lock, which event loops take
    return sums;
  }
}
