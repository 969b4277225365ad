package dev.sluice.rtcp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a compound packet holds, each of its messages can be read to its end. */
class RtcpFuzzTest {

  static Stream<byte[]> packets() {
    Random random = new Random(3550);
    return Stream.generate(() -> RandomCompound.packet(random)).limit(20);
  }

  @MethodSource("packets")
  @FuzzTest
  void shouldReadAnyCompoundPacket(byte @NotNull [] bytes) {
    MessageDump.of(new CompoundReader(), bytes, 0, bytes.length);
  }
}
