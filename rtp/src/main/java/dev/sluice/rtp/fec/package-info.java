/**
 * Forward error correction by parity (FlexFEC, draft-ietf-payload-flexible-fec-scheme-03), without
 * I/O: what a sender needs. What the packets share is added up by {@link
 * dev.sluice.rtp.fec.Parity}, what their headers say by {@link dev.sluice.rtp.fec.FlexFecHeader}.
 */
@NullMarked
package dev.sluice.rtp.fec;

import org.jspecify.annotations.NullMarked;
