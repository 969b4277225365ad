package dev.sluice.codec;

import dev.sluice.rtp.PayloadWriter;
import dev.sluice.rtp.samples.SampleWriter;

/**
 * G.711 and G.722: audio of one octet a tick, with a payload type that needs no rtpmap (RFC 3551
 * section 6).
 */
final class SampleCodec extends PlainCodec {
  private static final int CLOCK_RATE = 8_000;

  SampleCodec(String encoding, int payloadType) {
    super(new OneFormat(encoding, CLOCK_RATE, payloadType));
  }

  @Override
  public TrackFormat input(PayloadWriter log, InputOptions options, CodecParameters parameters) {
    return new WrittenTrack(new SampleWriter(log, options.maxPayload()), format());
  }
}
