package dev.sluice.benchmarks.bottleneck;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/**
 * Puts a link between viewers and a relay.
 *
 * <pre>
 * java -jar benchmarks.jar bottleneck 127.0.0.2:8189 127.0.0.1:8189 rate=1400000 queue=200 delay=20
 * </pre>
 *
 * <p>A relay that is bound to the second address and names that of the first one to its viewers
 * ({@code NetworkOptions.withPublicAddresses}) needs nothing else. Lines that come in on standard
 * input, for instance {@code rate=500000}, change the links as they are; its end ends the process.
 */
@Command(
    name = "bottleneck",
    description = "forwards between viewers and a relay over a link with a rate, delay and loss")
public final class BottleneckCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "LISTEN",
      converter = Address.class,
      description = "address and port that viewers send to")
  private InetSocketAddress listen = new InetSocketAddress(0);

  @Parameters(
      index = "1",
      paramLabel = "RELAY",
      converter = Address.class,
      description = "address and port of the relay")
  private InetSocketAddress relay = new InetSocketAddress(0);

  @Parameters(
      index = "2..*",
      paramLabel = "NAME=VALUE",
      description =
          "what the link is like: rate, queue, delay, jitter, loss, burst-start, burst-end")
  private List<String> shape = List.of();

  @Option(names = "--seed", defaultValue = "1", description = "of what is random")
  private long seed;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Makes the command. */
  public BottleneckCommand() {}

  /**
   * Forwards until standard input ends.
   *
   * @return 0
   */
  @Override
  public Integer call() throws IOException {
    LinkShape now = shaped(LinkShape.UNLIMITED, shape);
    Bottleneck bottleneck = new Bottleneck(listen, relay, now, seed);
    Thread forwarding = new Thread(bottleneck::forward, "bottleneck");
    forwarding.setDaemon(true);
    forwarding.start();
    System.out.println("forwarding");
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      now = shaped(now, List.of(line));
      bottleneck.shape(now);
    }
    return 0;
  }

  private LinkShape shaped(LinkShape before, List<String> words) {
    try {
      LinkShape changed = before;
      for (String word : words) {
        changed = changed.with(word);
      }
      return changed;
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
    }
  }

  /** Reads an address with its port. */
  static final class Address implements ITypeConverter<InetSocketAddress> {
    @Override
    public InetSocketAddress convert(String text) {
      int colon = text.lastIndexOf(':');
      if (colon < 0) {
        throw new TypeConversionException("'" + text + "' is not ADDRESS:PORT");
      }
      return new InetSocketAddress(
          text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }
  }
}
