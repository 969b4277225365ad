/**
 * What all ways of fetching a stream from elsewhere share: options, when to try again, and fetching
 * only what somebody wants.
 */
@NullMarked
package dev.sluice.pull;

import org.jspecify.annotations.NullMarked;
