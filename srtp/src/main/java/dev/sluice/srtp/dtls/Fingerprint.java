package dev.sluice.srtp.dtls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Fingerprint of a certificate, as in the value of the SDP attribute {@code a=fingerprint} (RFC
 * 8122, section 5). Only sha-256, sha-384 and sha-512 are known: weaker functions of the registry
 * are no proof of identity. Immutable.
 */
public final class Fingerprint {
  private static final HexFormat COLON_SEPARATED = HexFormat.ofDelimiter(":").withUpperCase();

  private final HashFunction function;
  private final byte[] digest;

  private Fingerprint(HashFunction function, byte[] digest) {
    this.function = function;
    this.digest = digest;
  }

  /**
   * Computes the fingerprint of a certificate.
   *
   * @param algorithm {@code sha-256}, {@code sha-384} or {@code sha-512}, in any case
   * @param certificate DER encoding of the certificate, read only
   * @return the fingerprint
   * @throws IllegalArgumentException when the algorithm is another
   */
  public static Fingerprint of(String algorithm, byte[] certificate) {
    HashFunction function = HashFunction.named(algorithm);
    if (function == null) {
      throw new IllegalArgumentException("unsupported hash function: " + algorithm);
    }
    return new Fingerprint(function, function.digest(certificate));
  }

  /**
   * Parses the value of an SDP fingerprint attribute, such as {@code sha-256 4A:AD:B9:...}. Both
   * the name and the digits may be of any case.
   *
   * @param value the attribute's value, from the network
   * @return the fingerprint, or null when the hash function is not supported, the length does not
   *     fit it or the syntax is wrong
   */
  public static @Nullable Fingerprint parse(String value) {
    String text = value.strip();
    int space = text.indexOf(' ');
    HashFunction function = space < 0 ? null : HashFunction.named(text.substring(0, space));
    if (function == null) {
      return null;
    }
    String digits = text.substring(space).strip();
    if (digits.length() != 3 * function.length - 1) {
      return null;
    }
    try {
      return new Fingerprint(function, COLON_SEPARATED.parseHex(digits));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /**
   * Returns the fingerprints that decide when a peer has signalled several: those of the strongest
   * hash function among them. A certificate then has to match one of these (RFC 8122, section 5).
   */
  static List<Fingerprint> strongest(Collection<Fingerprint> fingerprints) {
    HashFunction strongest =
        fingerprints.stream().map(f -> f.function).max(HashFunction::compareTo).orElse(null);
    return fingerprints.stream().filter(f -> f.function == strongest).toList();
  }

  /**
   * Compares with a certificate in constant time.
   *
   * @param certificate DER encoding of the certificate, read only
   * @return whether this is the certificate's fingerprint
   */
  public boolean matches(byte[] certificate) {
    return MessageDigest.isEqual(digest, function.digest(certificate));
  }

  /**
   * Returns the name of the hash function.
   *
   * @return {@code sha-256}, {@code sha-384} or {@code sha-512}
   */
  public String algorithm() {
    return function.token;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Fingerprint that
        && function == that.function
        && Arrays.equals(digest, that.digest);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(digest);
  }

  /**
   * Returns the value as SDP writes it.
   *
   * @return for example {@code sha-256 4A:AD:B9:...}
   */
  @Override
  public String toString() {
    return function.token + ' ' + COLON_SEPARATED.formatHex(digest);
  }

  /** Hash functions in the order of their strength. */
  private enum HashFunction {
    SHA_256("sha-256", 32),
    SHA_384("sha-384", 48),
    SHA_512("sha-512", 64);

    final String token;
    final int length;

    HashFunction(String token, int length) {
      this.token = token;
      this.length = length;
    }

    static @Nullable HashFunction named(String name) {
      String token = name.toLowerCase(Locale.ROOT);
      for (HashFunction function : values()) {
        if (function.token.equals(token)) {
          return function;
        }
      }
      return null;
    }

    byte[] digest(byte[] input) {
      try {
        return MessageDigest.getInstance(token).digest(input);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
