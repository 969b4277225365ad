package dev.sluice.examples.clip;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes packets out of an Ogg file with one logical stream (RFC 3533). Checksums are not looked at.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                       capture_pattern                         |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |   version     |  header_type  |                               |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+                               +
 * |      granule position, serial number, sequence, checksum      |
 * +                               +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                               | page_segments | segment_table |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
final class OggReader {
  private static final int CAPTURE_PATTERN = 0x4F676753;
  private static final int SEGMENT_COUNT_OFFSET = 26;
  private static final int SEGMENT_TABLE_OFFSET = 27;
  private static final int FULL_SEGMENT = 255;

  private OggReader() {}

  /**
   * Reads all packets.
   *
   * @param file the whole file
   * @return the packets in order, headers included
   * @throws IOException if this is not Ogg, or an incomplete file
   */
  static List<ByteBuffer> packets(byte[] file) throws IOException {
    List<ByteBuffer> packets = new ArrayList<>();
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    int page = 0;
    while (page < file.length) {
      page = readPage(file, page, packet, packets);
    }
    if (packet.size() > 0) {
      throw new IOException("the Ogg file ends within a packet");
    }
    return packets;
  }

  private static int readPage(
      byte[] file, int page, ByteArrayOutputStream packet, List<ByteBuffer> packets)
      throws IOException {
    if (file.length - page < SEGMENT_TABLE_OFFSET
        || ByteBuffer.wrap(file).getInt(page) != CAPTURE_PATTERN) {
      throw new IOException("no Ogg page at byte " + page);
    }
    int segments = file[page + SEGMENT_COUNT_OFFSET] & 0xFF;
    int table = page + SEGMENT_TABLE_OFFSET;
    int segment = table + segments;
    for (int i = 0; i < segments; i++) {
      int length = table + i < file.length ? file[table + i] & 0xFF : 0;
      if (segment + length > file.length) {
        throw new IOException("the Ogg page at byte " + page + " is cut short");
      }
      packet.write(file, segment, length);
      segment += length;
      if (length < FULL_SEGMENT) {
        packets.add(ByteBuffer.wrap(packet.toByteArray()).asReadOnlyBuffer());
        packet.reset();
      }
    }
    return segment;
  }
}
