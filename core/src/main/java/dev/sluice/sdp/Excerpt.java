package dev.sluice.sdp;

/** A piece of the peer's text made fit for an error message. */
final class Excerpt {

  private static final int MAX_LENGTH = 80;

  private Excerpt() {}

  static String of(String text) {
    return '"' + plain(text) + '"';
  }

  static String plain(String text) {
    String head = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "..." : text;
    return head.replaceAll("[^ -~]", "?");
  }
}
