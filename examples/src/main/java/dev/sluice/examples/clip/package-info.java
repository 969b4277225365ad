/**
 * A sample clip and the loop that plays it in real time, for want of a camera.
 *
 * <p>{@link dev.sluice.examples.clip.ClipPublisher} owns one thread; everything else is told the
 * time.
 */
@NullMarked
package dev.sluice.examples.clip;

import org.jspecify.annotations.NullMarked;
