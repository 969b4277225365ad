/**
 * An engine's figures for Micrometer, which the host brings: Sluice depends on it only where these
 * classes are used.
 */
@NullMarked
package dev.sluice.metrics;

import org.jspecify.annotations.NullMarked;
