package dev.sluice.srtp.dtls;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;

/**
 * As much of the Distinguished Encoding Rules (X.690) as a certificate of one's own takes. A
 * library's would have to be loaded before an engine can start.
 */
final class Der {
  static final int SEQUENCE = 0x30;
  static final int SET = 0x31;
  static final int EXPLICIT_0 = 0xA0;

  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int OBJECT_IDENTIFIER = 0x06;
  private static final int UTF8_STRING = 0x0C;
  private static final int UTC_TIME = 0x17;
  private static final int GENERALIZED_TIME = 0x18;
  private static final int SHORT_LENGTH = 0x80;
  private static final int TWO_BYTES = 0x82;
  private static final byte[] NO_UNUSED_BITS = {0};
  private static final int LAST_YEAR_OF_UTC_TIME = 2049;

  private Der() {}

  /** a value that consists of others, or of bytes; up to 65,535 of them */
  static byte[] value(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    writeLength(out, content.size());
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }

  private static void writeLength(ByteArrayOutputStream out, int length) {
    if (length >= SHORT_LENGTH) {
      out.write(TWO_BYTES - (length < 256 ? 1 : 0));
      if (length >= 256) {
        out.write(length >> 8);
      }
    }
    out.write(length);
  }

  static byte[] integer(BigInteger number) {
    return value(INTEGER, number.toByteArray());
  }

  static byte[] bits(byte[] bytes) {
    return value(BIT_STRING, NO_UNUSED_BITS, bytes);
  }

  /** an object identifier from its encoded content */
  static byte[] identifier(String hex) {
    return value(OBJECT_IDENTIFIER, HexFormat.of().parseHex(hex));
  }

  static byte[] text(String text) {
    return value(UTF8_STRING, text.getBytes(StandardCharsets.UTF_8));
  }

  /** RFC 5280, section 4.1.2.5 */
  static byte[] time(Instant instant) {
    OffsetDateTime time = instant.atOffset(ZoneOffset.UTC);
    boolean utc = time.getYear() <= LAST_YEAR_OF_UTC_TIME;
    String digits =
        (utc ? "" : two(time.getYear() / 100))
            + two(time.getYear() % 100)
            + two(time.getMonthValue())
            + two(time.getDayOfMonth())
            + two(time.getHour())
            + two(time.getMinute())
            + two(time.getSecond())
            + 'Z';
    return value(utc ? UTC_TIME : GENERALIZED_TIME, digits.getBytes(StandardCharsets.US_ASCII));
  }

  private static String two(int number) {
    return number < 10 ? "0" + number : String.valueOf(number);
  }
}
