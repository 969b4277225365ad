package dev.sluice.whep;

import dev.sluice.DisconnectReason;
import dev.sluice.Ingest;
import dev.sluice.IngestOffer;
import dev.sluice.NegotiationException;
import dev.sluice.loop.Alarm;
import dev.sluice.loop.Handover;
import java.net.URI;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One session of a pull, from the offer to the DELETE. On the pull's event loop only. */
final class WhepSession {
  private static final int MOST_REDIRECTIONS = 5;
  private static final long WATCH_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Hears how it goes with a session. */
  interface Owner {
    /** The stream is published. */
    void onPlaying(WhepSession session);

    /** It ended, and not because it was left; told once. */
    void onEnd(WhepSession session, WhepEnd end);
  }

  private final WhepContext context;
  private final Owner owner;
  private final Alarm watch;
  private @Nullable IngestOffer offer;
  private @Nullable Ingest ingest;
  private @Nullable URI resource;
  private int redirections;
  private boolean ended;
  private long packets;
  private long lastMedia;

  private WhepSession(WhepContext context, Owner owner) {
    this.context = context;
    this.owner = owner;
    watch = new Alarm(context.loop(), context.clock(), this::lookForMedia);
  }

  /** Begins with an offer. */
  static WhepSession begin(WhepContext context, Owner owner) {
    WhepSession session = new WhepSession(context, owner);
    session.makeOffer();
    return session;
  }

  /** what the engine has of it; null before it is answered */
  @Nullable Ingest ingest() {
    return ingest;
  }

  private void makeOffer() {
    try {
      context
          .engine()
          .offerIngest(context.streamName(), context.peer())
          .whenComplete((made, failure) -> onLoop(() -> onOffer(made, failure)));
    } catch (Throwable e) {
      onLoop(() -> end(WhepEnd.failed("the engine takes no more: " + e.getMessage())));
    }
  }

  private void onOffer(@Nullable IngestOffer made, @Nullable Throwable failure) {
    if (made == null) {
      end(WhepEnd.failed("no port can be opened: " + cause(failure)));
    } else if (ended) {
      made.close();
    } else {
      offer = made;
      ask(context.url(), made);
    }
  }

  private void ask(URI url, IngestOffer made) {
    context
        .client()
        .post(url, made.sdp())
        .whenComplete((reply, failure) -> onLoop(() -> onReply(made, reply, failure)));
  }

  private void onReply(IngestOffer made, @Nullable WhepReply reply, @Nullable Throwable failure) {
    if (reply instanceof WhepReply.Created created) {
      resource = created.session();
      if (ended) {
        deleteResource();
      } else {
        accept(made, created.answer());
      }
    } else if (ended) {
      return;
    } else if (reply instanceof WhepReply.Redirected redirected) {
      if (++redirections > MOST_REDIRECTIONS) {
        end(WhepEnd.failed("it redirects again and again"));
      } else {
        ask(redirected.target(), made);
      }
    } else if (reply instanceof WhepReply.Declined declined) {
      end(declined.end());
    } else {
      end(WhepEnd.failed("it cannot be reached: " + cause(failure)));
    }
  }

  private void accept(IngestOffer made, String answer) {
    try {
      Ingest accepted = made.accept(answer);
      ingest = accepted;
      accepted.onClose(() -> onLoop(() -> onClosed(accepted)));
    } catch (NegotiationException e) {
      end(WhepEnd.refused("its answer gives nothing that can be relayed: " + e.getMessage()));
    } catch (Throwable e) {
      end(WhepEnd.failed("the engine takes no more: " + e.getMessage()));
    }
  }

  private void onClosed(Ingest closed) {
    DisconnectReason reason = closed.disconnectReason();
    end(
        reason == DisconnectReason.REPLACED
            ? new WhepEnd(WhepEnd.Kind.REPLACED, "another publisher has the stream", 0)
            : WhepEnd.failed("its session ended: " + reason));
  }

  /** ICE and DTLS are through. */
  void connected() {
    if (!ended) {
      lastMedia = context.clock().getAsLong();
      watch.noLaterThan(lastMedia + WATCH_NANOS);
      owner.onPlaying(this);
    }
  }

  private void lookForMedia() {
    if (ended || ingest == null) {
      return;
    }
    long now = context.clock().getAsLong();
    long received = ingest.statistics().packetsReceived();
    if (received != packets) {
      packets = received;
      lastMedia = now;
    }
    if (now - lastMedia >= context.times().mediaTimeoutNanos()) {
      end(WhepEnd.failed("it sent no media for too long"));
    } else {
      watch.noLaterThan(now + WATCH_NANOS);
    }
  }

  private void end(WhepEnd reason) {
    if (!ended) {
      leave();
      owner.onEnd(this, reason);
    }
  }

  /** Says goodbye, by DTLS and by DELETE. */
  void leave() {
    ended = true;
    watch.cancel();
    if (ingest != null) {
      ingest.close();
    } else if (offer != null) {
      offer.close();
    }
    deleteResource();
  }

  private void deleteResource() {
    URI deleted = resource;
    resource = null;
    if (deleted != null) {
      context.client().delete(deleted);
    }
  }

  private void onLoop(Runnable action) {
    Handover.offer(context.loop(), action);
  }

  private static String cause(@Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : null;
    return String.valueOf(cause == null ? failure : cause);
  }
}
