package dev.sluice.rtp;

import static org.junit.jupiter.api.Assumptions.abort;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** RTP packets that a browser sent, from captures beside the project. */
public final class Capture {

  private static final Path CAPTURES = Path.of("../../shared/data/pcap");
  private static final Map<String, String> FILES = Map.of("vp9.pcap", "contiguous_vp9.pcap");
  private static final int FILE_HEADER_BYTES = 24;
  private static final int RECORD_HEADER_BYTES = 16;
  private static final int LENGTH_OFFSET = 8;
  private static final int ETHERNET_IP_UDP_BYTES = 14 + 20 + 8;

  private Capture() {}

  /** the payloads of a file, in the order of their sequence numbers */
  public static List<Payload> read(String name) {
    ByteBuf file = Unpooled.wrappedBuffer(bytes(name));
    List<Payload> payloads = new ArrayList<>();
    RtpPacket packet = new RtpPacket();
    int last = -1;
    int at = FILE_HEADER_BYTES;
    while (at < file.readableBytes()) {
      int length = file.getIntLE(at + LENGTH_OFFSET);
      int from = at + RECORD_HEADER_BYTES + ETHERNET_IP_UDP_BYTES;
      at += RECORD_HEADER_BYTES + length;
      if (packet.wrap(file.slice(from, at - from))) {
        boolean lost =
            last >= 0 && SerialNumbers.sequenceDistance(last, packet.sequenceNumber()) != 1;
        last = packet.sequenceNumber();
        payloads.add(payload(packet, lost));
      }
    }
    return payloads;
  }

  private static Payload payload(RtpPacket packet, boolean lost) {
    byte[] bytes = new byte[packet.payloadLength()];
    packet.buffer().getBytes(packet.payloadOffset(), bytes);
    return new Payload(bytes, packet.timestamp(), packet.marker(), lost);
  }

  private static byte[] bytes(String name) {
    Path file = CAPTURES.resolve(FILES.getOrDefault(name, name));
    if (!Files.exists(file)) {
      String absent = "no captures at " + CAPTURES.toAbsolutePath().normalize();
      if (Boolean.parseBoolean(System.getenv("SLUICE_REQUIRE_PEERS"))) {
        throw new AssertionError(absent);
      }
      abort(absent);
    }
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
