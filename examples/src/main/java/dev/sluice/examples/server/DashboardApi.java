package dev.sluice.examples.server;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.sluice.LiveStream;
import dev.sluice.Publisher;
import dev.sluice.RelayEngine;
import dev.sluice.Viewer;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * What the dashboard asks for: {@code GET /api/statistics}, with {@code ?stream=} for the viewers
 * of one, {@code DELETE /api/viewers?tag=}, {@code DELETE /api/publishers?stream=}, and {@code PUT
 * /api/viewers/rendition?tag=&id=} for the encoding that a viewer gets, by its link where the id is
 * empty. There are no accounts: whoever reaches the port may.
 */
final class DashboardApi extends Handler.Abstract {
  private static final String STATISTICS = "/api/statistics";
  private static final String VIEWERS = "/api/viewers";
  private static final String RENDITION = "/api/viewers/rendition";
  private static final String PUBLISHERS = "/api/publishers";
  private static final String STREAM = "stream";
  private static final String TAG = "tag";
  private static final String ID = "id";

  private final RelayEngine engine;

  DashboardApi(RelayEngine engine) {
    this.engine = engine;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String path = Request.getPathInContext(request);
    switch (path) {
      case STATISTICS -> {
        if (allows(HttpMethod.GET, request, response, callback)) {
          byte[] json = JSON.std.asBytes(Snapshot.of(engine, parameter(request, STREAM)));
          Router.write(response, callback, new PageFiles.PageFile("application/json", json));
        }
      }
      case VIEWERS -> {
        if (allows(HttpMethod.DELETE, request, response, callback)) {
          change(viewer(parameter(request, TAG)), Viewer::close, request, response, callback);
        }
      }
      case RENDITION -> {
        if (allows(HttpMethod.PUT, request, response, callback)) {
          String id = parameter(request, ID);
          String wanted = id == null || id.isEmpty() ? null : id;
          Optional<Viewer> viewer = viewer(parameter(request, TAG));
          change(viewer, found -> found.rendition(wanted), request, response, callback);
        }
      }
      case PUBLISHERS -> {
        if (allows(HttpMethod.DELETE, request, response, callback)) {
          Optional<Publisher> publisher = publisher(parameter(request, STREAM));
          change(publisher, Publisher::close, request, response, callback);
        }
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Says what is wrong with the request, if anything is. */
  private static boolean allows(
      HttpMethod method, Request request, Response response, Callback callback) {
    if (!method.is(request.getMethod())) {
      response.getHeaders().put(HttpHeader.ALLOW, method.asString());
      Response.writeError(request, response, callback, HttpStatus.METHOD_NOT_ALLOWED_405);
      return false;
    }
    if (!SameOrigin.allows(request)) {
      Response.writeError(request, response, callback, HttpStatus.FORBIDDEN_403);
      return false;
    }
    return true;
  }

  private Optional<Viewer> viewer(@Nullable String tag) {
    return engine.streams().stream()
        .flatMap(stream -> stream.viewers().stream())
        .filter(viewer -> SessionTag.of(viewer).equals(tag))
        .findFirst();
  }

  private Optional<Publisher> publisher(@Nullable String stream) {
    return Optional.ofNullable(stream).flatMap(engine::stream).flatMap(LiveStream::publisher);
  }

  private static <T> void change(
      Optional<T> session,
      Consumer<T> change,
      Request request,
      Response response,
      Callback callback) {
    if (session.isEmpty()) {
      Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
      return;
    }
    change.accept(session.get());
    response.setStatus(HttpStatus.NO_CONTENT_204);
    callback.succeeded();
  }

  private static @Nullable String parameter(Request request, String name) throws IOException {
    return Request.extractQueryParameters(request).getValue(name);
  }
}
