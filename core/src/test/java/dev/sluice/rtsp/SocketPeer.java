package dev.sluice.rtsp;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client with a real connection. */
final class SocketPeer implements AutoCloseable {
  private final Socket socket;
  private final DataInputStream in;
  private int cSeq;
  private String session = "";

  SocketPeer(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout((int) LiveServer.PATIENCE.toMillis());
    socket.setTcpNoDelay(true);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  String request(String method, String uri, String body, String... headers) throws IOException {
    StringBuilder text = new StringBuilder(method + " " + uri + " RTSP/1.0\r\n");
    text.append("CSeq: ").append(++cSeq).append("\r\n");
    if (!session.isEmpty()) {
      text.append("Session: ").append(session).append("\r\n");
    }
    for (String header : headers) {
      text.append(header).append("\r\n");
    }
    if (!body.isEmpty()) {
      text.append("Content-Length: ").append(body.length()).append("\r\n");
    }
    send((text + "\r\n" + body).getBytes(StandardCharsets.UTF_8));
    return response();
  }

  /** The next response; interleaved frames before it are skipped. */
  private String response() throws IOException {
    StringBuilder response = new StringBuilder();
    while (response.indexOf("\r\n\r\n") < 0) {
      int next = in.readUnsignedByte();
      if (response.isEmpty() && next == '$') {
        frame();
      } else {
        response.append((char) next);
      }
    }
    Matcher matcher = Pattern.compile("(?im)^session: *([^;\r]+)").matcher(response);
    if (matcher.find()) {
      session = matcher.group(1);
    }
    return response.toString();
  }

  private byte[] frame() throws IOException {
    in.readUnsignedByte();
    byte[] packet = new byte[in.readUnsignedShort()];
    in.readFully(packet);
    return packet;
  }

  /** The next interleaved frame's packet. */
  byte[] readFrame() throws IOException {
    if (in.readUnsignedByte() != '$') {
      throw new IOException("no frame");
    }
    return frame();
  }

  /** Whether the server has closed the connection; waits for it. */
  boolean isAtEnd() throws IOException {
    try {
      return in.read() < 0;
    } catch (java.net.SocketException reset) {
      return true;
    }
  }

  String announce(String uri) throws IOException {
    return request("ANNOUNCE", uri, TestPeer.SDP, "Content-Type: application/sdp");
  }

  String setUp(String uri, String transport) throws IOException {
    return request("SETUP", uri, "", "Transport: " + transport);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
