/**
 * What payload formats of video share: appending frames to a log, and cutting what does not fit.
 * For the packages of this module only. Objects are used by one thread at a time.
 */
@NullMarked
package dev.sluice.rtp.frames;

import org.jspecify.annotations.NullMarked;
