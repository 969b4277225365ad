package dev.sluice.webrtc;

import dev.sluice.fanout.RenditionSwitch;
import dev.sluice.fanout.TrackSender;
import dev.sluice.fanout.ViewerLink;
import dev.sluice.stream.Rendition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Moves a viewer's cursors between the renditions of its pictures. */
final class ViewerRenditions {
  private record Choice(TrackSender sender, RenditionSwitch renditions) {}

  private final ViewerLink link;
  private final List<Choice> choices = new ArrayList<>();

  ViewerRenditions(ViewerLink link) {
    this.link = link;
  }

  void add(TrackSender sender) {
    if (sender.track().isVideo()) {
      choices.add(new Choice(sender, new RenditionSwitch(sender, link)));
    }
  }

  /** its media flows from now on */
  void start(long nowNanos) {
    choices.forEach(choice -> choice.renditions().start(nowNanos));
  }

  /** the host decides; any thread */
  void want(@Nullable String id) {
    choices.forEach(choice -> choice.renditions().want(id));
  }

  /**
   * what is sent of the first picture that has a choice; null where there was never a choice; any
   * thread
   */
  @Nullable String id() {
    return choices.stream()
        .map(choice -> choice.renditions().id())
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  long nextTurn() {
    long next = Long.MAX_VALUE;
    for (Choice choice : choices) {
      next = Math.min(next, choice.renditions().nextTurn());
    }
    return next;
  }

  /**
   * Moves what is to be moved now.
   *
   * @param onMoved hears what is sent from now on
   */
  void turn(long nowNanos, PeerLoop loop, Consumer<String> onMoved) {
    for (Choice choice : choices) {
      Rendition rendition = choice.renditions().turn(nowNanos);
      if (rendition != null) {
        move(choice, rendition, nowNanos, loop);
        onMoved.accept(rendition.id());
      }
    }
  }

  private static void move(Choice choice, Rendition to, long nowNanos, PeerLoop loop) {
    TrackSender sender = choice.sender();
    loop.leave(sender.track(), sender);
    sender.move(to.track(), nowNanos);
    loop.join(to.track(), sender);
    choice.renditions().moved(to, nowNanos);
  }
}
