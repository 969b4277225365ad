/** The newest keyframe of a stream over HTTP, as it was encoded. */
@NullMarked
package dev.sluice.examples.snapshot;

import org.jspecify.annotations.NullMarked;
