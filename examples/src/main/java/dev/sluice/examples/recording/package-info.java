/** Streams recorded as fragmented MP4. */
@NullMarked
package dev.sluice.examples.recording;

import org.jspecify.annotations.NullMarked;
