package dev.sluice.benchmarks.load.relay;

import dev.sluice.benchmarks.load.media.SyntheticVideo;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.SegmentedDatagramPacket;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Sends frames of the size that a stream has, at its pace, from one event loop. */
final class FloorSender {
  private static final int HEADER_LENGTH = 14;
  private static final int TAG_LENGTH = 16;
  private static final int MAX_PIECE = 1_162;
  private static final int MAX_SEGMENTS = 54;
  private static final int SECOND = 1_000_000_000;

  private final Channel channel;
  private final SyntheticVideo video;
  private final int stream;
  private final Receiver[] receivers;
  private final byte[] content;
  private final byte[] scratch = new byte[MAX_SEGMENTS * (HEADER_LENGTH + MAX_PIECE + TAG_LENGTH)];
  private @Nullable ScheduledFuture<?> schedule;
  private long frame;
  private volatile long packets;

  FloorSender(
      Channel channel, SyntheticVideo video, int stream, List<InetSocketAddress> addresses) {
    this.channel = channel;
    this.video = video;
    this.stream = stream;
    content = new byte[HEADER_LENGTH + video.nalLength(true)];
    receivers = new Receiver[addresses.size()];
    for (int i = 0; i < receivers.length; i++) {
      receivers[i] = new Receiver(addresses.get(i), i);
    }
  }

  void start(long delayNanos) {
    schedule =
        channel
            .eventLoop()
            .scheduleAtFixedRate(
                this::sendFrame, delayNanos, SECOND / video.frameRate(), TimeUnit.NANOSECONDS);
  }

  void stop() {
    if (schedule != null) {
      schedule.cancel(false);
    }
  }

  long packets() {
    return packets;
  }

  private void sendFrame() {
    int length = video.nalLength(video.isRegularKeyframe(stream, frame++));
    int sent = 0;
    for (Receiver receiver : receivers) {
      sent += receiver.send(length);
    }
    channel.flush();
    packets += sent;
  }

  private final class Receiver {
    private final InetSocketAddress address;
    private final Cipher cipher;
    private final SecretKeySpec key;
    private final byte[] iv = new byte[12];
    private long index;

    Receiver(InetSocketAddress address, int number) {
      this.address = address;
      byte[] bytes = new byte[16];
      bytes[0] = (byte) number;
      key = new SecretKeySpec(bytes, "AES");
      try {
        cipher = Cipher.getInstance("AES/GCM/NoPadding");
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    int send(int length) {
      int at = 0;
      int segments = 0;
      int sent = 0;
      for (int done = 0; done < length; done += MAX_PIECE) {
        at += encrypt(done, Math.min(MAX_PIECE, length - done), at);
        sent++;
        if (++segments == MAX_SEGMENTS || done + MAX_PIECE >= length) {
          write(at);
          at = 0;
          segments = 0;
        }
      }
      return sent;
    }

    private int encrypt(int from, int size, int at) {
      index++;
      for (int i = 0; i < 8; i++) {
        iv[4 + i] = (byte) (index >>> 8 * (7 - i));
      }
      try {
        cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(8 * TAG_LENGTH, iv));
        System.arraycopy(content, 0, scratch, at, HEADER_LENGTH);
        cipher.updateAAD(scratch, at, HEADER_LENGTH);
        int body = at + HEADER_LENGTH;
        return HEADER_LENGTH + cipher.doFinal(content, from, size, scratch, body);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    private void write(int length) {
      ByteBuf datagrams = channel.alloc().directBuffer(length, length);
      datagrams.writeBytes(scratch, 0, length);
      int segment = HEADER_LENGTH + MAX_PIECE + TAG_LENGTH;
      channel.write(
          length > segment
              ? new SegmentedDatagramPacket(datagrams, segment, address)
              : new DatagramPacket(datagrams, address),
          channel.voidPromise());
    }
  }
}
