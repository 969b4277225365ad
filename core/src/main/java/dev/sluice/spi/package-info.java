/** Reading streams without WebRTC; for protocol servers and for the host's own purposes. */
@NullMarked
package dev.sluice.spi;

import org.jspecify.annotations.NullMarked;
