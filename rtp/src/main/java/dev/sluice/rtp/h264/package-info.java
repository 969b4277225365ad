/** H.264 over RTP (RFC 6184). */
@NullMarked
package dev.sluice.rtp.h264;

import org.jspecify.annotations.NullMarked;
