package dev.sluice.srtp;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/** Test vectors of others, which lie beside the project where they are at hand. */
public final class VectorFiles {
  private static final Path DATA = Path.of("..", "..", "shared", "data");
  private static final int TAR_BLOCK = 512;
  private static final int TAR_SIZE_OFFSET = 124;
  private static final int TAR_SIZE_LENGTH = 11;

  /**
   * One test of Project Wycheproof.
   *
   * @param group what it has in common with others
   * @param test its own values
   */
  public record Vector(Map<String, Object> group, Map<String, Object> test) {
    /** {@return a value in hexadecimal digits} */
    public byte[] hex(String name) {
      return HexFormat.of().parseHex((String) test.get(name));
    }

    /** {@return a number of the group} */
    public int number(String name) {
      return (Integer) group.get(name);
    }

    /** {@return valid, acceptable or invalid} */
    public String result() {
      return (String) test.get("result");
    }

    /** {@return whether it has this flag} */
    public boolean has(String flag) {
      return ((List<?>) test.get("flags")).contains(flag);
    }

    @Override
    public String toString() {
      return test.get("tcId") + " " + test.get("comment") + " " + result();
    }
  }

  private VectorFiles() {}

  /** {@return all tests of a file} */
  @SuppressWarnings("unchecked")
  public static List<Vector> wycheproof(String name) {
    try {
      Map<String, Object> file = JSON.std.mapFrom(read("wycheproof/" + name + "_test.json"));
      List<Vector> vectors = new ArrayList<>();
      for (Map<String, Object> group : (List<Map<String, Object>>) file.get("testGroups")) {
        for (Map<String, Object> test : (List<Map<String, Object>>) group.get("tests")) {
          vectors.add(new Vector(group, test));
        }
      }
      return vectors;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@return the files of an archive, which is a compressed tar} */
  static List<byte[]> archive(String name) throws IOException {
    List<byte[]> files = new ArrayList<>();
    try (DataInputStream tar =
        new DataInputStream(new GZIPInputStream(new ByteArrayInputStream(read(name))))) {
      byte[] header = new byte[TAR_BLOCK];
      for (tar.readFully(header); header[0] != 0; tar.readFully(header)) {
        byte[] file = new byte[size(header)];
        tar.readFully(file);
        tar.skipNBytes((TAR_BLOCK - file.length % TAR_BLOCK) % TAR_BLOCK);
        files.add(file);
      }
    }
    return files;
  }

  private static int size(byte[] header) {
    return Integer.parseInt(
        new String(header, TAR_SIZE_OFFSET, TAR_SIZE_LENGTH, StandardCharsets.US_ASCII), 8);
  }

  private static byte[] read(String name) throws IOException {
    Path file = DATA.resolve(name);
    if (!Files.exists(file)) {
      String message = "test vectors are not at hand: " + file;
      if (Boolean.parseBoolean(System.getenv("SLUICE_REQUIRE_PEERS"))) {
        throw new AssertionError(message);
      }
      Assumptions.abort(message);
    }
    return Files.readAllBytes(file);
  }
}
