/** The whole embedding in one short file. */
@NullMarked
package dev.sluice.examples.minimal;

import org.jspecify.annotations.NullMarked;
