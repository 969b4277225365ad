/**
 * What the codecs made of NAL units have in common: the framing of NAL units in access units, their
 * syntax elements, and the order of pictures. For the packages of this module only. Objects are
 * used by one thread at a time.
 */
@NullMarked
package dev.sluice.rtp.nal;

import org.jspecify.annotations.NullMarked;
