package dev.sluice.benchmarks.report;

import java.util.Locale;

/** Shapes of a drawing, which grows downwards. Lengths are pixels. */
final class Svg {
  private final StringBuilder shapes = new StringBuilder();

  /** how a text is aligned at its x */
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  void text(double x, double baseline, Anchor anchor, String text) {
    text(x, baseline, anchor, "", text);
  }

  void heading(double x, double baseline, String text) {
    text(x, baseline, Anchor.START, " font-weight=\"bold\"", text);
  }

  void bar(double x, double y, double width, double height, String colour) {
    shape(
        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>",
        x, y, width, height, colour);
  }

  void line(double x1, double y1, double x2, double y2, String style) {
    shape("<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" %s/>", x1, y1, x2, y2, style);
  }

  void diamond(double x, double y, double radius, String colour) {
    shape(
        "<path d=\"M%.1f %.1fl%3$.1f %3$.1fl-%3$.1f %3$.1fl-%3$.1f -%3$.1fz\" fill=\"%4$s\"/>",
        x, y - radius, radius, colour);
  }

  /** the whole drawing */
  String document(double width, double height) {
    return String.format(
        Locale.ROOT,
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="%.0f" height="%.0f" font-family="sans-serif" font-size="12">
        <rect width="100%%" height="100%%" fill="white"/>
        %s</svg>
        """,
        width,
        height,
        shapes);
  }

  private void text(double x, double baseline, Anchor anchor, String style, String text) {
    shape(
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" paint-order=\"stroke\" stroke=\"white\""
            + " stroke-width=\"3\"%s>%s</text>",
        x,
        baseline,
        anchor.name().toLowerCase(Locale.ROOT),
        style,
        text.replace("&", "&amp;").replace("<", "&lt;"));
  }

  private void shape(String format, Object... values) {
    shapes.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
