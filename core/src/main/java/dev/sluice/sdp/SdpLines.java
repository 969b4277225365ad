package dev.sluice.sdp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lines of the session part or of one media description (RFC 8866 section 5), in their order.
 *
 * <p>An attribute is an {@code a=} line: {@code a=<name>} or {@code a=<name>:<value>}. Names
 * compare case-sensitively (RFC 8866 section 6).
 */
public final class SdpLines {

  static final SdpLines EMPTY = new SdpLines(List.of());

  /**
   * One line, {@code <type>=<value>}.
   *
   * @param type the type letter
   * @param value what follows the equals sign
   */
  record Line(char type, String value) {}

  private final List<Line> lines;

  SdpLines(List<Line> lines) {
    this.lines = List.copyOf(lines);
  }

  /**
   * {@return the value of the first line of a type, or null when there is none}
   *
   * @param type a type letter other than {@code a} or {@code m}
   */
  public @Nullable String line(char type) {
    for (Line line : lines) {
      if (line.type == type) {
        return line.value;
      }
    }
    return null;
  }

  /**
   * {@return the value of the first attribute of a name, empty for one without a value, or null
   * when there is none}
   *
   * @param name the attribute's name
   */
  public @Nullable String attribute(String name) {
    for (Line line : lines) {
      String value = attributeValue(line, name);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  /**
   * {@return the values of all attributes of a name, in their order}
   *
   * @param name the attribute's name
   */
  public List<String> attributes(String name) {
    List<String> values = new ArrayList<>();
    for (Line line : lines) {
      String value = attributeValue(line, name);
      if (value != null) {
        values.add(value);
      }
    }
    return values;
  }

  /**
   * {@return whether an attribute is present}
   *
   * @param name the attribute's name
   */
  public boolean has(String name) {
    return attribute(name) != null;
  }

  void writeTo(StringBuilder out) {
    for (Line line : lines) {
      out.append(line.type).append('=').append(line.value).append("\r\n");
    }
  }

  private static @Nullable String attributeValue(Line line, String name) {
    String text = line.value;
    if (line.type != 'a' || !text.startsWith(name)) {
      return null;
    }
    if (text.length() == name.length()) {
      return "";
    }
    return text.charAt(name.length()) == ':' ? text.substring(name.length() + 1).strip() : null;
  }

  /** Collects lines in the order in which they are to stand. */
  public static final class Builder {

    private final List<Line> lines = new ArrayList<>();

    /** Creates an empty builder. */
    public Builder() {}

    /**
     * Appends a line.
     *
     * @param type the type letter
     * @param value what follows the equals sign, without a line end
     * @return this builder
     */
    public Builder line(char type, String value) {
      if (value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0) {
        throw new IllegalArgumentException("a line end within an SDP line");
      }
      lines.add(new Line(type, value));
      return this;
    }

    /**
     * Appends {@code a=<name>}.
     *
     * @param name the attribute's name
     * @return this builder
     */
    public Builder attribute(String name) {
      return line('a', name);
    }

    /**
     * Appends {@code a=<name>:<value>}.
     *
     * @param name the attribute's name
     * @param value its value
     * @return this builder
     */
    public Builder attribute(String name, String value) {
      return line('a', name + ':' + value);
    }

    /** {@return the lines so far} */
    public SdpLines build() {
      return new SdpLines(lines);
    }
  }
}
