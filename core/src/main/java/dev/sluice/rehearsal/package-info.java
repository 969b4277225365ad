/** An engine plays to itself, so that the JVM has compiled what the first viewers need. */
@NullMarked
package dev.sluice.rehearsal;

import org.jspecify.annotations.NullMarked;
