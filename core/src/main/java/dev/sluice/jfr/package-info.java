/** Events of Java Flight Recorder. They cost nothing unless a recording asks for them. */
@NullMarked
package dev.sluice.jfr;

import org.jspecify.annotations.NullMarked;
