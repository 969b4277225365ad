package dev.sluice.consumers.war;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.JreMemoryLeakPreventionListener;
import org.apache.catalina.startup.Tomcat;

/**
 * A Tomcat that takes its web application away and deploys it again, on a thread that goes on, and
 * serves it only if nothing of the former deployments is left.
 */
public final class TomcatHost {
  private static final int REDEPLOYMENTS = 2;
  private static final int MOST_COLLECTIONS = 100;
  private static final int MILLIS_BETWEEN = 100;

  private final Tomcat tomcat = new Tomcat();
  private final Path war;

  private TomcatHost(Path war) throws IOException, LifecycleException {
    this.war = war;
    Path directory = Files.createTempDirectory(war.getParent(), "tomcat");
    Files.createDirectory(directory.resolve("webapps"));
    tomcat.setBaseDir(directory.toString());
    tomcat.setAddDefaultWebXmlToWebapp(false);
    tomcat.getServer().addLifecycleListener(new JreMemoryLeakPreventionListener());
    tomcat.start();
  }

  /**
   * Runs until the process ends.
   *
   * @param args the web application
   * @throws Exception if it cannot be deployed, or stays in memory when it is taken away
   */
  public static void main(String[] args) throws Exception {
    TomcatHost host = new TomcatHost(Path.of(args[0]).toAbsolutePath());
    for (int i = 0; i < REDEPLOYMENTS; i++) {
      requireCollected(host.deployAndUndeploy());
    }
    host.deploy();
    host.listen();
    Runtime.getRuntime().addShutdownHook(new Thread(host::stop));
  }

  private WeakReference<ClassLoader> deployAndUndeploy() {
    Context application = deploy();
    WeakReference<ClassLoader> loader =
        new WeakReference<>(application.getLoader().getClassLoader());
    tomcat.getHost().removeChild(application);
    return loader;
  }

  private Context deploy() {
    return tomcat.addWebapp("", war.toString());
  }

  private static void requireCollected(WeakReference<ClassLoader> loader) throws Exception {
    for (int i = 0; i < MOST_COLLECTIONS && loader.get() != null; i++) {
      System.gc();
      Thread.sleep(MILLIS_BETWEEN);
    }
    if (loader.get() != null) {
      System.err.println("The application that was taken away is still in memory");
      System.exit(1);
    }
  }

  private void listen() {
    Connector connector = new Connector();
    connector.setProperty("address", "127.0.0.1");
    connector.setPort(Integer.getInteger("http.port", 8889));
    tomcat.setConnector(connector);
  }

  private void stop() {
    try {
      tomcat.stop();
    } catch (LifecycleException e) {
      throw new IllegalStateException(e);
    }
  }
}
