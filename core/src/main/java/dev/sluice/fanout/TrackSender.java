package dev.sluice.fanout;

import dev.sluice.log.PacketLog;
import dev.sluice.log.Ring;
import dev.sluice.stream.Track;
import org.jspecify.annotations.Nullable;

/** A viewer's cursor on one track: turns log positions into its packets. */
public final class TrackSender {
  private static final long UNSET = -1;

  /** live viewers are not further behind, unless their socket took nothing */
  private static final long MOST_LIVE_PACKETS = 256;

  private final SenderTransport transport;
  private final SenderParameters parameters;
  private final StartRule startRule;
  private final Retransmitter retransmitter;
  private final SentFigures figures = new SentFigures();

  private final SenderHeaders headers;
  private final KeyframeRequest request = new KeyframeRequest();
  private final LinkFit fit;
  private final @Nullable FecSender fec;
  private volatile Track track;
  private KeyframeWait wait;
  private @Nullable PacketLog log;
  private boolean moved;

  /** nothing is to be done but to send what is new */
  private boolean live;

  private @Nullable CatchUp catchUp;
  private long position;
  private boolean betweenUnits;

  /**
   * Makes a cursor that is on no log yet.
   *
   * @param transport the viewer's keys and address
   * @param track what is read
   * @param parameters what was negotiated
   * @param retransmitter answers the viewer's NACKs
   * @param startRule where to begin to read
   * @param firstSequence a random number below 2^15, so that the roll-over counter starts at 0
   * @param firstTimestamp a random number
   */
  public TrackSender(
      SenderTransport transport,
      Track track,
      SenderParameters parameters,
      Retransmitter retransmitter,
      StartRule startRule,
      int firstSequence,
      int firstTimestamp) {
    this.transport = transport;
    this.track = track;
    this.parameters = parameters;
    this.retransmitter = retransmitter;
    this.startRule = startRule;
    wait = new KeyframeWait(transport, track, startRule);
    fit = new LinkFit(transport, track, figures);
    headers = new SenderHeaders(parameters, track.clockRate(), firstSequence, firstTimestamp);
    fec = parameters.hasFec() ? new FecSender(transport, parameters, firstSequence) : null;
  }

  /** {@return what is read; any thread} */
  public Track track() {
    return track;
  }

  /** {@return the SSRC that the viewer was told} */
  public int ssrc() {
    return parameters.ssrc();
  }

  /** {@return what was sent; any thread} */
  public SentFigures figures() {
    return figures;
  }

  /** {@return what of the track the viewer's link carries} */
  public LinkFit fit() {
    return fit;
  }

  /** {@return the viewer's forward error correction; null where it was not agreed on} */
  public @Nullable FecSender fec() {
    return fec;
  }

  /** {@return what answers the viewer's NACKs} */
  public Retransmitter retransmitter() {
    return retransmitter;
  }

  /**
   * The viewer's RTP clock at a moment, for sender reports (RFC 3550, section 6.4.1).
   *
   * @param nowNanos the moment
   */
  public int timestampAt(long nowNanos) {
    return headers.timestampAt(nowNanos, track.clock());
  }

  /** Reads another log from now on, or the same one anew; numbers and time go on where they are. */
  void attach(PacketLog newLog, long nowNanos) {
    boolean first = log == null && !moved;
    boolean again = log == newLog;
    log = newLog;
    moved = false;
    headers.timeline().interrupt();
    request.newLog();
    if (track.isVideo()) {
      boolean next = first && !startRule.atHeldKeyframe();
      waitForKeyframe(next ? newLog.tail() : UNSET, nowNanos);
    } else {
      start(newLog, first || again ? newLog.tail() : newLog.head(), nowNanos);
    }
  }

  /**
   * Reads another encoding of the same from its next fan-out on. A picture that was begun is left
   * as it is, and the viewer sees a packet missing.
   *
   * @param rendition what is read then; it has a keyframe to begin at
   * @param nowNanos the engine's clock
   */
  public void move(Track rendition, long nowNanos) {
    if (!isBetweenPictures()) {
      headers.burn(position);
    }
    track = rendition;
    wait = new KeyframeWait(transport, rendition, startRule);
    moved = true;
    fit.restart(rendition, nowNanos);
  }

  /** whether the last picture that was begun was sent whole */
  boolean isBetweenPictures() {
    return betweenUnits || figures.packets() == 0;
  }

  /** Reads nothing more; {@link #attach} begins as for a new viewer, and numbers and time go on. */
  void detach() {
    log = null;
    figures.behind(0);
    wait.close();
  }

  /**
   * The viewer asks for a keyframe: a publisher that gives none is made up for by the log.
   *
   * @param nowNanos the engine's clock
   */
  public void keyframeRequested(long nowNanos) {
    if (track.isVideo() && !wait.isOpen() && !fit.isCut()) {
      request.open(position, nowNanos);
      live = false;
    }
  }

  /** The retransmitter has something to send later. */
  void requestKept() {
    live = false;
  }

  /** The viewer has heard of us: from here on it is not told what it knows then. */
  public void acknowledged() {
    headers.introduceUpTo(position);
  }

  /**
   * Sends what the log has for this viewer.
   *
   * @param egress the way out
   * @param from the log that is read
   * @param edge how far viewers that are not behind may read
   * @param nowNanos the engine's clock
   * @return whether more is to be sent a moment later; false where the viewer's path tells when
   */
  boolean sendAvailable(Egress egress, PacketLog from, long edge, long nowNanos) {
    if (log != from) {
      return false;
    }
    if (live && edge - position <= MOST_LIVE_PACKETS && !fit.isLimited(nowNanos)) {
      sendUpTo(egress, from, edge, nowNanos);
      return false;
    }
    return sendBehind(egress, from, edge, nowNanos);
  }

  /** Sends the end of a log that is closed then; a viewer that is far behind gets what is due. */
  void sendRest(Egress egress, PacketLog from, long nowNanos) {
    if (log != from || !hasStarted(from, nowNanos)) {
      return;
    }
    boolean near = live || from.tail() - position <= MOST_LIVE_PACKETS;
    if (near && !fit.isActive()) {
      sendUpTo(egress, from, from.tail(), nowNanos);
    } else {
      sendAvailable(egress, from, from.tail(), nowNanos);
    }
  }

  private boolean sendBehind(Egress egress, PacketLog from, long edge, long nowNanos) {
    if (!hasStarted(from, nowNanos)) {
      return false;
    }
    restartIfUnanswered(from, nowNanos);
    fit.update(nowNanos);
    if (fit.isBack(nowNanos)) {
      request.open(position, nowNanos);
    }
    boolean more = retransmitter.serveKept(this, transport, egress, nowNanos);
    sendUpTo(egress, from, catchUpEnd(from, edge, nowNanos), nowNanos);
    retransmitter.pad(this, transport, egress, fit.tend(from, nowNanos), nowNanos);
    if (position >= edge) {
      catchUp = null;
    }
    figures.behind(position < edge ? nowNanos - from.ring().arrivalNanos(position) : 0);
    live =
        !wait.isOpen()
            && position >= edge
            && catchUp == null
            && !fit.isActive()
            && !request.isOpen()
            && !retransmitter.hasKept();
    return transport.remote().isWritable() && (more || wait.isOpen() || position < edge);
  }

  private long catchUpEnd(PacketLog from, long edge, long nowNanos) {
    if (catchUp == null && (fit.isActive() || edge - position <= MOST_LIVE_PACKETS)) {
      return edge;
    }
    boolean maySkip = track.isVideo() && betweenUnits;
    long skipTo = maySkip ? CatchUp.skip(from, position, track.clockRate()) : position;
    if (skipTo != position) {
      start(from, skipTo, nowNanos);
    }
    if (catchUp == null) {
      catchUp = new CatchUp(from.ring(), position, nowNanos);
    }
    return catchUp.end(from.ring(), position, edge, nowNanos);
  }

  private void restartIfUnanswered(PacketLog from, long nowNanos) {
    long keyframe = request.restartAt(from, startRule, nowNanos);
    if (keyframe != KeyframeRequest.NONE) {
      headers.timeline().interrupt();
      start(from, keyframe, nowNanos);
    }
  }

  private void sendUpTo(Egress egress, PacketLog from, long end, long nowNanos) {
    while (position < end && transport.remote().isWritable() && fit.mayGo(nowNanos)) {
      if (!sendOne(egress, from, from.ring(), nowNanos)) {
        fellBehind(from, nowNanos);
        break;
      }
    }
    egress.endRun(transport.remote());
  }

  /** position of a sequence number the viewer names, or -1 when it never had it from this log */
  long positionOf(int sequenceNumber) {
    long found = wait.isOpen() ? UNSET : headers.positionOf(sequenceNumber, position);
    return found < position ? found : UNSET;
  }

  /**
   * The extended sequence number of a packet.
   *
   * @param packetPosition its position in the log
   */
  public long sequenceOf(long packetPosition) {
    return headers.sequenceOf(packetPosition);
  }

  SenderHeaders headers() {
    return headers;
  }

  /** ends the session that could not be sent to */
  void failed(Throwable cause) {
    transport.failed(cause);
  }

  @Nullable PacketLog log() {
    return log;
  }

  /** the next one to send */
  long position() {
    return position;
  }

  SenderParameters parameters() {
    return parameters;
  }

  private boolean sendOne(Egress egress, PacketLog from, Ring ring, long nowNanos) {
    int length = ring.length(position);
    int start = ring.start(position);
    byte[] payload = ring.bytes(position);
    if (!Ring.contains(payload, start, length)) {
      return false;
    }
    if (length == 0) {
      position++;
      return from.holds(position - 1);
    }
    if (fit.isActive() && !fit.admits(from, position, betweenUnits, dueNanos(ring), nowNanos)) {
      return leaveOut(from, ring);
    }
    if (!headers.resume(from, ring, position)) {
      return false;
    }
    RtpHeaderTemplate header = headers.of(ring, position);
    int size = header.length() + length + transport.overhead();
    int at = egress.prepare(size, transport.remote());
    int number = transport.link().nextSequence();
    headers.write(header, egress.scratch(), at, ring, position, number);
    boolean marker = ring.marker(position);
    int timestamp = headers.timestampOf(ring, position);
    long arrival = ring.arrivalNanos(position);
    size =
        transport.protect(
            sequenceOf(position), egress.scratch(), at, header.length(), payload, start, length);
    if (size < 0 || !from.holds(position)) {
      return false;
    }
    retransmitter.sent((int) sequenceOf(position), egress.scratch(), at, size);
    egress.append(size);
    transport.link().sent(nowNanos, size, parameters.hasTransportSequence());
    position++;
    figures.sent(length);
    headers.timeline().sent(timestamp, arrival);
    betweenUnits = marker;
    if (marker && figures.endsFirstPicture()) {
      transport.frameSent(this);
    }
    return true;
  }

  private boolean leaveOut(PacketLog from, Ring ring) {
    betweenUnits = ring.marker(position);
    if (!from.holds(position)) {
      return false;
    }
    headers.skip(position);
    position++;
    return true;
  }

  private long dueNanos(Ring ring) {
    return catchUp == null ? ring.arrivalNanos(position) : catchUp.dueNanos(ring, position);
  }

  private boolean hasStarted(PacketLog from, long nowNanos) {
    if (wait.isOpen()) {
      long keyframe = wait.startAt(from, nowNanos);
      if (keyframe == KeyframeWait.NONE) {
        return false;
      }
      start(from, keyframe, nowNanos);
    }
    return true;
  }

  private void start(PacketLog from, long newPosition, long nowNanos) {
    headers.jump(position, newPosition);
    position = newPosition;
    wait.close();
    live = false;
    betweenUnits = true;
    catchUp = new CatchUp(from.ring(), newPosition, nowNanos);
  }

  private void fellBehind(PacketLog from, long nowNanos) {
    figures.resynchronised();
    transport.fellBehind();
    headers.burn(position);
    if (track.isVideo()) {
      waitForKeyframe(position, nowNanos);
    } else {
      start(from, from.tail(), nowNanos);
    }
  }

  private void waitForKeyframe(long after, long nowNanos) {
    wait.open(after, nowNanos);
    live = false;
    figures.behind(0);
    catchUp = null;
    request.close();
  }
}
