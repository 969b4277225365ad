package dev.sluice.examples.server;

import com.fasterxml.jackson.jr.ob.JSON;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Says what each path is: {@code /} and {@code /{stream}} the page, {@code /{stream}/whip} and
 * {@code /{stream}/whep} with what is below them WHIP and WHEP, {@code /dashboard} the dashboard,
 * {@code /api/streams} the list of streams, {@code /assets/} the page's files.
 */
final class Router extends Handler.Abstract {
  private static final String API = "/api/";
  private static final String STREAMS = "/api/streams";
  private static final String ASSETS = "/assets/";
  private static final String DASHBOARD = "/dashboard";
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " media-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final PageFiles files;
  private final Supplier<?> streams;
  private final Handler signalling;

  /**
   * Routes to these.
   *
   * @param files the page
   * @param streams makes the list of streams
   * @param signalling answers what it is in charge of, and returns false for the rest
   */
  Router(PageFiles files, Supplier<?> streams, Handler signalling) {
    this.files = files;
    this.streams = streams;
    this.signalling = signalling;
  }

  /** Whether no stream can be watched under this name, since its path means something else. */
  static boolean isReserved(String streamName) {
    String path = '/' + streamName + '/';
    return path.startsWith(API) || path.startsWith(ASSETS) || path.startsWith(DASHBOARD + '/');
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (signalling.handle(request, response, callback)) {
      return true;
    }
    String method = request.getMethod();
    if (!HttpMethod.GET.is(method) && !HttpMethod.HEAD.is(method)) {
      response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
      Response.writeError(request, response, callback, HttpStatus.METHOD_NOT_ALLOWED_405);
      return true;
    }
    String path = Request.getPathInContext(request);
    if (path.equals(STREAMS)) {
      byte[] json = JSON.std.asBytes(streams.get());
      write(response, callback, new PageFiles.PageFile("application/json", json));
    } else {
      PageFiles.PageFile file = file(path);
      if (file == null) {
        Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
      } else {
        response.getHeaders().put("Content-Security-Policy", POLICY);
        write(response, callback, file);
      }
    }
    return true;
  }

  private PageFiles.@Nullable PageFile file(String path) {
    if (path.startsWith(ASSETS)) {
      return files.file(path.substring(ASSETS.length()));
    }
    if (path.equals(DASHBOARD)) {
      return files.file("dashboard.html");
    }
    return path.startsWith(API) ? null : files.file("index.html");
  }

  static void write(Response response, Callback callback, PageFiles.PageFile file) {
    response.setStatus(HttpStatus.OK_200);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, file.contentType());
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, file.bytes().length);
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-cache");
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    response.write(true, ByteBuffer.wrap(file.bytes()), callback);
  }
}
