package dev.sluice;

import dev.sluice.check.Check;
import dev.sluice.rtp.fec.FlexFecHeader;
import dev.sluice.srtp.SrtpKeys;
import dev.sluice.srtp.SrtpProfile;
import dev.sluice.srtp.SrtpSender;
import io.netty.channel.EventLoopGroup;
import org.jspecify.annotations.Nullable;

/**
 * All options of an engine, frozen.
 *
 * @param network sockets and threads
 * @param egress how datagrams leave
 * @param history what logs keep
 * @param retransmission how lost packets are sent again
 * @param rate how a stream is fitted to a viewer's link
 * @param media what is done to the media of publishers
 * @param session limits, times and ciphers of viewers' sessions
 * @param listener who hears of events
 * @param eventLoops the host's own; null where the engine makes them
 */
public record EngineConfiguration(
    NetworkOptions network,
    EgressOptions egress,
    HistoryOptions history,
    Retransmission retransmission,
    RateOptions rate,
    MediaOptions media,
    SessionOptions session,
    RelayListener listener,
    @Nullable EventLoopGroup eventLoops) {

  /**
   * room for the RTP header with a MID and a transport-wide sequence number, and for the longest
   * authentication tag
   */
  private static final int PACKET_OVERHEAD = 12 + 12 + 16;

  private static final int PLAYOUT_DELAY_BYTES = 4;

  /**
   * by so much a packet that repairs another is longer: a FlexFEC header and an extension header
   */
  private static final int REPAIR_BYTES = FlexFecHeader.LENGTH + 8;

  private static final int CAPTURE_TIME_BYTES = 12;

  /**
   * With another listener.
   *
   * @param other who hears of events, and does not throw
   * @return the changed configuration
   */
  public EngineConfiguration withListener(RelayListener other) {
    return new EngineConfiguration(
        network, egress, history, retransmission, rate, media, session, other, eventLoops);
  }

  void validate() {
    Check.present("network", network, "NetworkOptions");
    Check.present("egress", egress, "EgressOptions");
    Check.present("history", history, "HistoryOptions");
    Check.present("retransmission", retransmission, "a Retransmission");
    Check.present("rate", rate, "RateOptions");
    Check.present("media", media, "MediaOptions");
    Check.present("session", session, "SessionOptions");
    Check.present("listener", listener, "a RelayListener");
    Check.option(
        eventLoops == null || !eventLoops.isShuttingDown(),
        "eventLoops",
        "a group that is shut down",
        "one that runs");
    network.validate();
    egress.validate();
    history.validate();
    retransmission.validate();
    rate.validate();
    session.validate();
    if (session.cipherProvider() != null) {
      requireCiphers();
    }
  }

  /**
   * Makes each cipher once, which loads it and shows whether it is there.
   *
   * @throws IllegalArgumentException where the provider does not have it
   */
  public void requireCiphers() {
    for (SrtpProfile profile : session.srtpProfiles()) {
      SrtpKeys keys =
          new SrtpKeys(profile, new byte[profile.keyLength()], new byte[profile.saltLength()]);
      try {
        new SrtpSender(keys, session.cipherProvider());
      } catch (IllegalStateException e) {
        throw new IllegalArgumentException(
            "session.cipherProvider is %s, allowed is one that has the ciphers of %s"
                .formatted(session.cipherProvider(), profile),
            e);
      }
    }
  }

  /** {@return bytes of RTP payload that fit besides the moment of capture} */
  public int maxStampedPayload() {
    return maxPayload() - CAPTURE_TIME_BYTES;
  }

  /** {@return bytes of RTP payload that fit a datagram, whatever is negotiated} */
  public int maxPayload() {
    int playoutDelay = session.playoutDelay() == null ? 0 : PLAYOUT_DELAY_BYTES;
    int repair = session.forwardErrorCorrection() ? REPAIR_BYTES : 0;
    return egress.maxDatagramSize() - PACKET_OVERHEAD - playoutDelay - repair;
  }
}
