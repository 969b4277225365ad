package dev.sluice.sdp;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The encodings of one source that a peer offers to send at a time (RFC 8853), each known by its
 * restriction identifier (RFC 8851).
 *
 * <pre>{@code
 * a=rid:h send
 * a=rid:l send
 * a=simulcast:send h;~l
 * }</pre>
 */
final class Simulcast {
  private static final int MAX_ENCODINGS = 4;
  private static final Pattern RID = Pattern.compile("[A-Za-z0-9_-]{1,16}");

  private Simulcast() {}

  /** Returns what a media description offers to send, the most wanted first; empty for none. */
  static List<String> rids(MediaDescription media) {
    String sent = sendPart(media.lines().attribute("simulcast"));
    if (sent == null) {
      return List.of();
    }
    Set<String> declared = declared(media);
    List<String> rids = new ArrayList<>();
    for (String alternatives : sent.split(";")) {
      String rid = withoutPause(alternatives.split(",")[0]);
      if (declared.contains(rid) && !rids.contains(rid) && rids.size() < MAX_ENCODINGS) {
        rids.add(rid);
      }
    }
    return rids;
  }

  /** Takes these encodings. */
  static void writeAnswer(SdpLines.Builder lines, List<String> rids) {
    rids.forEach(rid -> lines.attribute("rid", rid + " recv"));
    if (!rids.isEmpty()) {
      lines.attribute("simulcast", "recv " + String.join(";", rids));
    }
  }

  private static Set<String> declared(MediaDescription media) {
    Set<String> declared = new HashSet<>();
    for (String value : media.lines().attributes("rid")) {
      String[] fields = value.split("\\s+");
      if (fields.length > 1 && fields[1].equals("send") && RID.matcher(fields[0]).matches()) {
        declared.add(fields[0]);
      }
    }
    return declared;
  }

  private static @Nullable String sendPart(@Nullable String simulcast) {
    String[] fields = simulcast == null ? new String[0] : simulcast.strip().split("\\s+");
    for (int i = 0; i + 1 < fields.length; i += 2) {
      if (fields[i].equals("send")) {
        return fields[i + 1];
      }
    }
    return null;
  }

  private static String withoutPause(String rid) {
    return rid.startsWith("~") ? rid.substring(1) : rid;
  }
}
