package dev.sluice.benchmarks.load.publish;

import dev.sluice.rtp.h264.H264Packetizer;
import java.io.IOException;

/** One stream over RTSP, with RTP packets of the size that encoders make for Ethernet. */
final class RtspUplink implements Uplink {
  private static final int MAX_PAYLOAD = 1_460;

  private final RtspConnection connection;
  private final InterleavedPackets packets;
  private final H264Packetizer packetizer;

  /**
   * Announces a stream.
   *
   * @param connection to the server, closed with this
   * @param ssrc of the stream
   * @param capacity for the packets of a frame, in bytes
   * @throws IOException if the connection fails or the server refuses
   */
  RtspUplink(RtspConnection connection, int ssrc, int capacity) throws IOException {
    this.connection = connection;
    packets = new InterleavedPackets(capacity, ssrc);
    packetizer = new H264Packetizer(packets, MAX_PAYLOAD);
    connection.record();
  }

  @Override
  public H264Packetizer packetizer() {
    return packetizer;
  }

  @Override
  public void flush() throws IOException {
    connection.send(packets.take());
  }

  @Override
  public boolean isKeyframeWanted() throws IOException {
    return connection.isKeyframeWanted();
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
