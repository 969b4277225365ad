package dev.sluice.engine;

import java.io.IOException;
import java.net.URL;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.crypto.Cipher;

/** What of Bouncy Castle a host may have that does not suit an engine, in words for its log. */
final class BouncyCastle {
  /** a class of each artifact; the FIPS modules have them too */
  private static final List<String> CLASSES =
      List.of(
          "org/bouncycastle/tls/TlsUtils.class",
          "org/bouncycastle/crypto/CryptoServicesRegistrar.class");

  private BouncyCastle() {}

  /** {@return whether the JVM's providers are in an order that has it encrypt packets} */
  static boolean isFirstForPackets() {
    try {
      return Cipher.getInstance("AES/GCM/NoPadding").getProvider().getName().equals("BC");
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** {@return what is wrong with the jars of a host where classes do not link, and what to do} */
  static String mismatch(ClassLoader loader) {
    return "Viewers will not be able to connect: Bouncy Castle's jars do not fit each other. There"
        + " are "
        + String.join(", ", jars(loader))
        + ". Sluice needs bctls-jdk18on, bcutil-jdk18on and bcprov-jdk18on of one version, and"
        + " before them on the class path neither bcprov for another JDK, such as bcprov-jdk15on,"
        + " nor bc-fips";
  }

  private static List<String> jars(ClassLoader loader) {
    List<String> jars = new ArrayList<>();
    for (String name : CLASSES) {
      try {
        for (URL place : Collections.list(loader.getResources(name))) {
          jars.add(place.toString().replaceAll("^.*[/\\\\]([^/\\\\]+)!/.*$", "$1"));
        }
      } catch (IOException e) {
        jars.add("some that cannot be read");
      }
    }
    return jars;
  }
}
