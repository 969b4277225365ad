package dev.sluice.examples.server;

import java.net.InetAddress;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The HTTP server: one port, few threads. */
final class HttpFront implements AutoCloseable {
  private static final int MAX_THREADS = 32;
  private static final int MIN_THREADS = 4;
  private static final int ANY_NUMBER = -1;

  private final Server server;
  private final ServerConnector connector;

  private HttpFront(Server server, ServerConnector connector) {
    this.server = server;
    this.connector = connector;
  }

  /**
   * Starts to listen.
   *
   * @throws Exception if it cannot, a {@link java.net.BindException} among its causes when the port
   *     is taken
   */
  static HttpFront start(InetAddress host, int port, Handler handler) throws Exception {
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
    threads.setName("http");
    Server server = new Server(threads);
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    ServerConnector connector =
        new ServerConnector(
            server, ANY_NUMBER, ANY_NUMBER, new HttpConnectionFactory(configuration));
    connector.setHost(host.getHostAddress());
    connector.setPort(port);
    server.addConnector(connector);
    server.setHandler(handler);
    try {
      server.start();
    } catch (Exception failure) {
      server.stop();
      throw failure;
    }
    return new HttpFront(server, connector);
  }

  int port() {
    return connector.getLocalPort();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception failure) {
      throw new IllegalStateException("the HTTP server did not stop", failure);
    }
  }
}
