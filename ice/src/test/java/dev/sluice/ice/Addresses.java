package dev.sluice.ice;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Addresses of the documentation ranges (RFC 5737, RFC 3849). */
final class Addresses {
  static final InetSocketAddress A = socket("192.0.2.1", 32853);
  static final InetSocketAddress B = socket("198.51.100.2", 40000);
  static final InetSocketAddress C = socket("2001:db8:1234:5678:11:2233:4455:6677", 32853);

  static final InetSocketAddress SERVER = socket("203.0.113.200", 8189);

  private Addresses() {}

  static InetAddress ip(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(literal, e);
    }
  }

  static InetSocketAddress socket(String literal, int port) {
    return new InetSocketAddress(ip(literal), port);
  }
}
