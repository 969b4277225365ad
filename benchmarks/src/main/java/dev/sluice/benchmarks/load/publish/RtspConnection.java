package dev.sluice.benchmarks.load.publish;

import dev.sluice.benchmarks.load.media.SyntheticVideo;
import dev.sluice.rtcp.CompoundReader;
import dev.sluice.rtcp.MessageType;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** An encoder's side of an RTSP connection that records one video track, interleaved. */
public final class RtspConnection implements Closeable {
  private static final int TIMEOUT_MILLIS = 10_000;
  private static final Pattern SESSION = Pattern.compile("(?im)^session: *([^;\r]+)");
  private static final String SDP =
      """
      v=0\r
      o=- 0 0 IN IP4 127.0.0.1\r
      s=-\r
      t=0 0\r
      m=video 0 RTP/AVP 96\r
      a=rtpmap:96 H264/90000\r
      a=fmtp:96 packetization-mode=1; sprop-parameter-sets=%s\r
      a=control:streamid=0\r
      """;

  private final Socket socket;
  private final DataInputStream in;
  private final String uri;
  private final CompoundReader rtcp = new CompoundReader();
  private String session = "";
  private int cSeq;

  /**
   * Connects.
   *
   * @param port of the RTSP server on the loopback address
   * @param stream to be published
   * @throws IOException if that fails
   */
  public RtspConnection(int port, String stream) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    uri = "rtsp://127.0.0.1:" + port + '/' + stream;
  }

  /**
   * Publishes; media may follow.
   *
   * @throws IOException if the connection fails or the server refuses
   */
  public void record() throws IOException {
    List<byte[]> sets = SyntheticVideo.parameterSets();
    String sprop =
        sets.stream().map(Base64.getEncoder()::encodeToString).collect(Collectors.joining(","));
    request("ANNOUNCE", uri, "Content-Type: application/sdp", SDP.formatted(sprop));
    String transport = "Transport: RTP/AVP/TCP;unicast;interleaved=0-1;mode=record";
    request("SETUP", uri + "/streamid=0", transport, "");
    request("RECORD", uri, "Range: npt=0.000-", "");
  }

  /**
   * Sends interleaved frames, or parts of them.
   *
   * @param frames in an array
   * @throws IOException if the connection fails
   */
  public void send(ByteBuffer frames) throws IOException {
    socket.getOutputStream().write(frames.array(), frames.position(), frames.remaining());
  }

  /** Reads what the server sent; returns whether it asks for a keyframe. */
  boolean isKeyframeWanted() throws IOException {
    boolean wanted = false;
    while (in.available() > 0) {
      in.readUnsignedShort();
      byte[] report = in.readNBytes(in.readUnsignedShort());
      rtcp.wrap(report, 0, report.length);
      while (rtcp.next()) {
        wanted |= rtcp.type() == MessageType.PICTURE_LOSS_INDICATION;
      }
    }
    return wanted;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void request(String method, String target, String header, String body)
      throws IOException {
    StringBuilder text = new StringBuilder(method + ' ' + target + " RTSP/1.0\r\n");
    text.append("CSeq: ").append(++cSeq).append("\r\n").append(header).append("\r\n");
    if (!session.isEmpty()) {
      text.append("Session: ").append(session).append("\r\n");
    }
    if (!body.isEmpty()) {
      text.append("Content-Length: ").append(body.length()).append("\r\n");
    }
    text.append("\r\n").append(body);
    socket.getOutputStream().write(text.toString().getBytes(StandardCharsets.US_ASCII));
    String response = response();
    if (!response.startsWith("RTSP/1.0 200")) {
      throw new IOException(method + ": " + response.lines().findFirst().orElse("no answer"));
    }
    Matcher matcher = SESSION.matcher(response);
    if (matcher.find()) {
      session = matcher.group(1);
    }
  }

  private String response() throws IOException {
    StringBuilder response = new StringBuilder();
    while (response.indexOf("\r\n\r\n") < 0) {
      response.append((char) in.readUnsignedByte());
    }
    return response.toString();
  }
}
