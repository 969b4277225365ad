/** Video whose every byte can be foretold, so that a viewer can check what it got. */
@NullMarked
package dev.sluice.benchmarks.load.media;

import org.jspecify.annotations.NullMarked;
