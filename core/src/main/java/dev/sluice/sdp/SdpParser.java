package dev.sluice.sdp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Splits text into lines and media descriptions; shared by whole descriptions and fragments. */
final class SdpParser {

  static final int MAX_LINES = 4_096;
  static final int MAX_MEDIA = 64;

  private final List<MediaDescription> media = new ArrayList<>();
  private SdpLines session = SdpLines.EMPTY;
  private SdpLines.Builder section = new SdpLines.Builder();
  private @Nullable String mLine;

  private SdpParser() {}

  static SessionDescription parse(String text) throws SdpException {
    if (text.length() > SessionDescription.MAX_LENGTH) {
      throw new SdpException("longer than " + SessionDescription.MAX_LENGTH + " characters");
    }
    SdpParser parser = new SdpParser();
    int number = 0;
    for (String line : (Iterable<String>) text.lines()::iterator) {
      if (++number > MAX_LINES) {
        throw new SdpException("more than " + MAX_LINES + " lines");
      }
      if (!line.isBlank()) {
        parser.accept(line.strip(), number);
      }
    }
    parser.endSection();
    return new SessionDescription(parser.session, parser.media);
  }

  private void accept(String line, int number) throws SdpException {
    if (line.length() < 2 || line.charAt(1) != '=') {
      throw new SdpException("line " + number + " is not of the form <type>=<value>");
    }
    String value = line.substring(2);
    if (line.charAt(0) == 'm') {
      endSection();
      mLine = value;
    } else {
      section.line(line.charAt(0), value);
    }
  }

  private void endSection() throws SdpException {
    if (mLine == null) {
      session = section.build();
    } else {
      if (media.size() == MAX_MEDIA) {
        throw new SdpException("more than " + MAX_MEDIA + " m= lines");
      }
      media.add(MediaDescription.parse(mLine, section.build()));
    }
    section = new SdpLines.Builder();
  }
}
