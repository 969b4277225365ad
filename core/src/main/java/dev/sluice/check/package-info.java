/** How options are checked, in all packages alike; they need nothing else from it. */
@NullMarked
package dev.sluice.check;

import org.jspecify.annotations.NullMarked;
