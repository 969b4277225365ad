package dev.sluice.benchmarks;

import dev.sluice.benchmarks.load.viewer.Handshake;
import dev.sluice.benchmarks.load.viewer.Identity;
import dev.sluice.srtp.SrtpProfile;
import dev.sluice.srtp.dtls.DtlsServer;
import dev.sluice.srtp.dtls.DtlsSession;
import dev.sluice.srtp.dtls.DtlsStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A DTLS client of which is kept what it sends. */
final class RecordedClient {
  private static final int TIMEOUT_SECONDS = 30;

  private final BlockingQueue<byte[]> toServer = new LinkedBlockingQueue<>();
  private final Handshake client;

  RecordedClient(Identity identity) {
    client = new Handshake(identity, List.of(SrtpProfile.AEAD_AES_128_GCM), toServer::add);
  }

  /** Shakes hands with a session; returns the client's datagrams. */
  List<byte[]> connect(DtlsSession session) throws InterruptedException {
    Thread thread = new Thread(this::run, "dtls-client");
    thread.setDaemon(true);
    thread.start();
    List<byte[]> sent = new ArrayList<>();
    byte[] out = new byte[DtlsServer.MAX_DATAGRAM];
    while (session.status() != DtlsStatus.CONNECTED) {
      byte[] datagram = toServer.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      if (datagram == null || session.status() == DtlsStatus.FAILED) {
        throw new IllegalStateException("no handshake: " + session.failure());
      }
      sent.add(datagram);
      session.handle(0, datagram, 0, datagram.length);
      session.handleTimeout(0);
      for (int length; (length = session.pollTransmit(out)) > 0; ) {
        client.receive(Arrays.copyOf(out, length));
      }
    }
    return sent;
  }

  private void run() {
    try {
      client.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
