package dev.sluice.sdp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a media description says of one RTP payload type: its rtpmap (RFC 8866 section 6.6), fmtp
 * (section 6.15) and rtcp-fb (RFC 4585 section 4.2) attributes.
 *
 * @param payloadType the RTP payload type, 0 to 127
 * @param encoding the encoding name as it is written, empty for a static payload type without
 *     rtpmap; compare with {@link #is}
 * @param clockRate the RTP clock rate in Hz, 0 for a static payload type without rtpmap
 * @param channels the number of audio channels, 1 when it is not given
 * @param parameters the format parameters; names in lower case, an empty value for a parameter
 *     without one
 * @param formatLine the value of the fmtp attribute after the payload type, or null without one
 * @param feedback the kinds of RTCP feedback, such as {@code nack pli}, those for all payload types
 *     included
 */
public record PayloadFormat(
    int payloadType,
    String encoding,
    int clockRate,
    int channels,
    Map<String, String> parameters,
    @Nullable String formatLine,
    List<String> feedback) {

  /** as many as there are payload types; the same one can be written in several ways */
  private static final int MAX_FORMATS = 128;

  private static final String SENDER = "sprop-";

  /** the first payload type that has no meaning without an rtpmap (RFC 3551 section 3) */
  private static final int FIRST_DYNAMIC = 96;

  /** Copies the collections. */
  public PayloadFormat {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    feedback = List.copyOf(feedback);
  }

  static List<PayloadFormat> of(MediaDescription media) {
    Map<String, List<String>> maps = byPayloadType(media.lines().attributes("rtpmap"));
    Map<String, List<String>> formats = byPayloadType(media.lines().attributes("fmtp"));
    Map<String, List<String>> feedback = byPayloadType(media.lines().attributes("rtcp-fb"));
    List<PayloadFormat> result = new ArrayList<>();
    for (String payloadType : new LinkedHashSet<>(media.formats())) {
      List<String> map = maps.get(payloadType);
      if (map != null || isStatic(payloadType)) {
        List<String> format = formats.get(payloadType);
        List<String> kinds = new ArrayList<>(feedback.getOrDefault(payloadType, List.of()));
        kinds.addAll(feedback.getOrDefault("*", List.of()));
        PayloadFormat parsed =
            parse(
                payloadType,
                map == null ? null : map.get(0),
                format == null ? null : format.get(0),
                kinds);
        if (parsed != null && result.size() < MAX_FORMATS) {
          result.add(parsed);
        }
      }
    }
    return result;
  }

  /**
   * Says whether this is a format of an encoding name, which compares case-insensitively.
   *
   * @param name an encoding name, such as {@code H264}
   * @param rate the clock rate in Hz
   * @return whether both match
   */
  public boolean is(String name, int rate) {
    return encoding.equalsIgnoreCase(name) && clockRate == rate;
  }

  /**
   * Says whether this is a static payload type (RFC 3551 section 6) that no rtpmap describes.
   *
   * @param type a payload type
   * @return whether it is this one
   */
  public boolean isStatic(int type) {
    return payloadType == type && !hasMap();
  }

  /** {@return whether an rtpmap describes it} */
  boolean hasMap() {
    return !encoding.isEmpty();
  }

  /**
   * {@return the value of a format parameter, or null when it is not given}
   *
   * @param name the parameter's name in lower case
   */
  public @Nullable String parameter(String name) {
    return parameters.get(name);
  }

  /**
   * {@return its format parameters as they are written, without those that describe what the
   * describing side sends ({@code sprop-...}, RFC 6184 section 8.1, RFC 7587 section 6.1), or null
   * when none is left}
   */
  public @Nullable String receiverParameters() {
    if (formatLine == null || !formatLine.toLowerCase(Locale.ROOT).contains(SENDER)) {
      return formatLine;
    }
    String rest =
        Arrays.stream(formatLine.split(";"))
            .map(String::strip)
            .filter(parameter -> !parameter.toLowerCase(Locale.ROOT).startsWith(SENDER))
            .collect(Collectors.joining(";"));
    return rest.isEmpty() ? null : rest;
  }

  /** {@return the value of its rtpmap attribute after the payload type} */
  String rtpmap() {
    return encoding + '/' + clockRate + channelSuffix();
  }

  /** {@return how its rtpmap attribute ends} */
  String channelSuffix() {
    return channels == 1 ? "" : "/" + channels;
  }

  private static @Nullable PayloadFormat parse(
      String payloadType, @Nullable String map, @Nullable String format, List<String> feedback) {
    if (map == null) {
      int type = Integer.parseInt(payloadType);
      return new PayloadFormat(type, "", 0, 1, parameters(format), format, feedback);
    }
    String[] fields = map.split("/", -1);
    long type = Numbers.parseOr(payloadType, -1);
    long clockRate = fields.length > 1 ? Numbers.parseOr(fields[1], 0) : 0;
    long channels = fields.length > 2 ? Numbers.parseOr(fields[2], 0) : 1;
    boolean wellFormed =
        isWithin(type, 0, 127)
            && !fields[0].isEmpty()
            && isWithin(clockRate, 1, Integer.MAX_VALUE)
            && isWithin(channels, 1, 255);
    return wellFormed
        ? new PayloadFormat(
            (int) type,
            fields[0],
            (int) clockRate,
            (int) channels,
            parameters(format),
            format,
            feedback)
        : null;
  }

  private static boolean isWithin(long value, long least, long most) {
    return value >= least && value <= most;
  }

  private static boolean isStatic(String payloadType) {
    return payloadType.matches("[0-9]{1,2}") && Integer.parseInt(payloadType) < FIRST_DYNAMIC;
  }

  private static Map<String, String> parameters(@Nullable String format) {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (format != null) {
      for (String parameter : format.split(";")) {
        String[] pair = parameter.strip().split("=", 2);
        if (!pair[0].isBlank()) {
          parameters.putIfAbsent(
              pair[0].strip().toLowerCase(Locale.ROOT), pair.length > 1 ? pair[1].strip() : "");
        }
      }
    }
    return parameters;
  }

  /** Splits values of the form {@code <payload type> <rest>}. */
  private static Map<String, List<String>> byPayloadType(List<String> values) {
    Map<String, List<String>> result = new HashMap<>();
    for (String value : values) {
      int space = value.indexOf(' ');
      if (space > 0) {
        result
            .computeIfAbsent(value.substring(0, space), key -> new ArrayList<>(1))
            .add(value.substring(space).strip());
      }
    }
    return result;
  }
}
