/**
 * Codecs: what is particular to each in RTP payloads, in frames and in SDP. A codec is a line of
 * {@link dev.sluice.codec.Codec}, a record of parameters and a file here, with its payload format
 * in a package of the module rtp; no other code names one.
 *
 * <p>Formats of tracks are used by the thread that publishes; all else is immutable.
 */
@NullMarked
package dev.sluice.codec;

import org.jspecify.annotations.NullMarked;
