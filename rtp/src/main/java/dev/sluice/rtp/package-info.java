/** RTP packets (RFC 3550), header extensions (RFC 8285) and RTSP interleaved framing. */
@NullMarked
package dev.sluice.rtp;

import org.jspecify.annotations.NullMarked;
