package dev.sluice.rtp.h264;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a receiver of packetization-mode 1 makes of payloads (RFC 6184 section 7), written
 * independently of the code under test. Anything that such a receiver may refuse fails the test.
 */
final class Depacketizer {

  private final List<Nal> nals = new ArrayList<>();
  private final ByteArrayOutputStream fragments = new ByteArrayOutputStream();
  private boolean joining;
  private long first;
  private long expected = -1;

  private Depacketizer() {}

  static List<Nal> nals(List<RecordedLog.Packet> packets) {
    Depacketizer depacketizer = new Depacketizer();
    packets.forEach(depacketizer::receive);
    return depacketizer.nals;
  }

  private void receive(RecordedLog.Packet packet) {
    byte[] p = packet.payload();
    boolean gap = expected >= 0 && packet.position() != expected;
    expected = packet.position() + 1;
    joining &= !gap;
    int type = p[0] & 31;
    assertThat(p[0] & 0x80).as("forbidden bit").isZero();
    if (type == 28) {
      receiveFragment(packet);
      return;
    }
    assertThat(joining).as("NAL unit left unfinished without a gap").isFalse();
    if (type == 24) {
      receiveAggregate(packet);
    } else {
      assertThat(type).isBetween(1, 23);
      add(p, packet.position(), packet);
    }
  }

  private void receiveAggregate(RecordedLog.Packet packet) {
    byte[] p = packet.payload();
    int at = 1;
    while (at < p.length) {
      int size = (p[at] & 0xFF) << 8 | p[at + 1] & 0xFF;
      assertThat(size).isPositive();
      byte[] nal = Arrays.copyOfRange(p, at + 2, at + 2 + size);
      add(nal, packet.position(), packet);
      at += 2 + size;
    }
    assertThat(at).isEqualTo(p.length);
  }

  private void receiveFragment(RecordedLog.Packet packet) {
    byte[] p = packet.payload();
    boolean start = (p[1] & 0x80) != 0;
    boolean end = (p[1] & 0x40) != 0;
    int header = p[0] & 0x60 | p[1] & 0x1F;
    assertThat(start && end).as("start and end in one fragment").isFalse();
    assertThat(p[1] & 0x20).as("reserved bit").isZero();
    if (start) {
      assertThat(joining).as("start while another NAL unit is unfinished").isFalse();
      fragments.reset();
      fragments.write(header);
      first = packet.position();
      joining = true;
    }
    if (!joining) {
      return;
    }
    assertThat(header)
        .as("header of the fragmented NAL unit")
        .isEqualTo(fragments.toByteArray()[0]);
    fragments.write(p, 2, p.length - 2);
    if (end) {
      joining = false;
      add(fragments.toByteArray(), first, packet);
    }
  }

  private void add(byte[] nal, long firstPosition, RecordedLog.Packet packet) {
    assertThat(nal[0] & 31).isBetween(1, 23);
    nals.add(new Nal(nal, packet.timestamp(), firstPosition, packet.position()));
  }
}
