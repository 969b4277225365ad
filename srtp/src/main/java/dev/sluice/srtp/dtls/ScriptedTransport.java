package dev.sluice.srtp.dtls;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import org.bouncycastle.tls.DatagramTransport;

/**
 * Transport that gives Bouncy Castle the records that are here and, where it would wait for more,
 * throws {@link Exhausted} out of its call stack. Everything it sends up to then is collected.
 */
final class ScriptedTransport implements DatagramTransport {
  private final Queue<byte[]> inbound;
  private final int longest;
  private final List<byte[]> sent = new ArrayList<>();
  private boolean exhausted;

  ScriptedTransport(List<byte[]> inbound) {
    this.inbound = new ArrayDeque<>(inbound);
    longest =
        inbound.stream().mapToInt(record -> record.length).max().orElse(DtlsRecord.HEADER_LENGTH);
  }

  /** Returns the records that were sent. */
  List<byte[]> sent() {
    return sent;
  }

  /** What is here, and no more: Bouncy Castle makes a buffer of this length for each record. */
  @Override
  public int getReceiveLimit() {
    return longest;
  }

  @Override
  public int getSendLimit() {
    return DtlsServer.MAX_DATAGRAM;
  }

  @Override
  public int receive(byte[] buffer, int offset, int length, int waitMillis) throws Exhausted {
    byte[] record = inbound.poll();
    if (record == null) {
      exhausted = true;
      throw new Exhausted();
    }
    System.arraycopy(record, 0, buffer, offset, record.length);
    return record.length;
  }

  /** Collects a record, unless it is only the alert that goes with {@link Exhausted}. */
  @Override
  public void send(byte[] buffer, int offset, int length) {
    if (!exhausted) {
      sent.add(Arrays.copyOfRange(buffer, offset, offset + length));
    }
  }

  @Override
  public void close() {
    // Nothing is held.
  }

  /** No record is left. */
  static final class Exhausted extends IOException {
    private static final long serialVersionUID = 1L;

    @Override
    public Throwable fillInStackTrace() {
      return this;
    }
  }
}
