// A WHEP client: plays one stream and keeps trying until it is stopped.

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 8_000;
const GRACE_MS = 4_000;
const REQUEST_TIMEOUT_MS = 10_000;
const CAPTURE_TIME = 'http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time';
const FROM_1900_TO_1970_MS = 2_208_988_800_000;

/**
 * Fires "statechange" whenever {@link state} or {@link detail} changes:
 * "connecting", "connected", "waiting" (between two attempts) or "stopped". The detail is what ended
 * the attempt before.
 */
export class WhepPlayer extends EventTarget {
  #endpoint;
  #video;
  #session = null;
  #retry = null;
  #failures = 0;

  state = 'stopped';
  detail = '';

  constructor(endpoint, video) {
    super();
    this.#endpoint = endpoint;
    this.#video = video;
  }

  start() {
    if (this.state === 'stopped') {
      this.#connect();
    }
  }

  stop() {
    clearTimeout(this.#retry);
    this.#leave();
    this.#change('stopped');
  }

  /** Gives the session up and tries again. */
  reconnect(reason) {
    this.#tryAgain(this.#session, reason);
  }

  /** The statistics of the peer connection, or null while there is none. */
  async stats() {
    return this.#session ? this.#session.peer.getStats() : null;
  }

  /** Milliseconds from capture to display, where the clocks of both ends agree; NaN while unknown. */
  captureDelay() {
    const receiver = this.#session?.peer.getReceivers().find(({ track }) => track.kind === 'video');
    const [source] = receiver?.getSynchronizationSources() ?? [];
    return source ? source.timestamp + FROM_1900_TO_1970_MS - source.captureTimestamp : NaN;
  }

  async #connect() {
    const session = new Session(this.#endpoint, receive);
    this.#session = session;
    this.#change('connecting', this.detail);
    session.onconnected = () => {
      this.#failures = 0;
      this.#video.srcObject = session.media;
      this.#change('connected');
    };
    session.onended = (reason) => this.#tryAgain(session, reason);
    try {
      await session.open();
    } catch (error) {
      this.#tryAgain(session, error.message);
    }
  }

  #tryAgain(session, reason) {
    if (!session || session !== this.#session) {
      return;
    }
    this.#leave();
    const longest = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** this.#failures++);
    this.#retry = setTimeout(() => this.#connect(), longest * (0.5 + Math.random() / 2));
    this.#change('waiting', reason);
  }

  #leave() {
    this.#session?.close();
    this.#session = null;
  }

  #change(state, detail = '') {
    this.state = state;
    this.detail = detail;
    this.dispatchEvent(new Event('statechange'));
  }
}

function receive(peer) {
  askForCaptureTime(peer.addTransceiver('video', { direction: 'recvonly' }));
  peer.addTransceiver('audio', { direction: 'recvonly' });
}

/** Browsers that can be told when a picture was captured do not ask for it by themselves. */
function askForCaptureTime(transceiver) {
  const extensions = transceiver.getHeaderExtensionsToNegotiate?.() ?? [];
  const extension = extensions.find(({ uri }) => uri === CAPTURE_TIME);
  if (extension) {
    extension.direction = 'sendrecv';
    transceiver.setHeaderExtensionsToNegotiate(extensions);
  }
}

/** One session of WHEP or WHIP: an offer, an answer, candidates, and the end. */
export class Session {
  #endpoint;
  #resource = null;
  #entityTag = null;
  #candidates = [];
  #grace = null;
  #closed = false;

  peer = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
  media = new MediaStream();
  onconnected = () => {};
  onended = () => {};

  /** What the media is to be is for `prepare` to say, which is given the peer connection. */
  constructor(endpoint, prepare) {
    this.#endpoint = endpoint;
    prepare(this.peer);
    this.peer.addEventListener('track', ({ track }) => this.media.addTrack(track));
    this.peer.addEventListener('icecandidate', ({ candidate }) => this.#trickle(candidate));
    this.peer.addEventListener('connectionstatechange', () => this.#connectionChanged());
  }

  async open() {
    await this.peer.setLocalDescription(withStereo(await this.peer.createOffer()));
    const response = await this.#offer();
    if (response.status !== 201) {
      throw new Error(await refusal(response));
    }
    this.#resource = new URL(response.headers.get('Location'), response.url);
    this.#entityTag = response.headers.get('ETag');
    const answer = await response.text();
    if (this.#closed) {
      this.#delete();
      return;
    }
    await this.peer.setRemoteDescription({ type: 'answer', sdp: answer });
    this.#watchTransport();
    this.#sendCandidates();
  }

  async #offer() {
    try {
      return await fetch(this.#endpoint, {
        method: 'POST',
        headers: { 'Content-Type': 'application/sdp', Accept: 'application/sdp' },
        body: this.peer.localDescription.sdp,
        signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
      });
    } catch {
      throw new Error('the server does not answer');
    }
  }

  close() {
    if (this.#closed) {
      return;
    }
    this.#closed = true;
    clearTimeout(this.#grace);
    this.peer.close();
    this.#delete();
  }

  /** The server's goodbye: browsers leave the connection as it is until ICE misses its answers. */
  #watchTransport() {
    const transport = this.peer.getReceivers().map((receiver) => receiver.transport).find(Boolean);
    transport?.addEventListener('statechange', () => {
      if (transport.state === 'closed') {
        this.onended('the server ended the session');
      }
    });
  }

  #connectionChanged() {
    clearTimeout(this.#grace);
    switch (this.peer.connectionState) {
      case 'connected':
        this.onconnected();
        break;
      case 'disconnected':
        this.#grace = setTimeout(() => this.onended('the connection was lost'), GRACE_MS);
        break;
      case 'failed':
        this.onended('the connection failed');
        break;
      case 'closed':
        this.onended('the server closed the connection');
        break;
    }
  }

  #trickle(candidate) {
    this.#candidates.push(candidate);
    if (this.#resource && this.peer.remoteDescription) {
      this.#sendCandidates();
    }
  }

  async #sendCandidates() {
    if (this.#candidates.length === 0 || this.#closed) {
      return;
    }
    const body = trickleFragment(this.peer.localDescription.sdp, this.#candidates.splice(0));
    const headers = { 'Content-Type': 'application/trickle-ice-sdpfrag' };
    if (this.#entityTag) {
      headers['If-Match'] = this.#entityTag;
    }
    try {
      await fetch(this.#resource, { method: 'PATCH', headers, body });
    } catch {
      // The server learns the address from connectivity checks as well.
    }
  }

  #delete() {
    if (this.#resource) {
      fetch(this.#resource, { method: 'DELETE', keepalive: true }).catch(() => {});
      this.#resource = null;
    }
  }
}

/** A browser plays Opus in mono unless its offer asks for stereo (RFC 7587, section 6.1). */
function withStereo({ type, sdp }) {
  const payloadType = sdp.match(/^a=rtpmap:(\d+) opus\/48000/im)?.[1];
  const parameters = new RegExp(`^a=fmtp:${payloadType} (?!.*\\bstereo=).*`, 'm');
  return { type, sdp: sdp.replace(parameters, (line) => `${line.trimEnd()};stereo=1`) };
}

/** RFC 8840: candidates of the first, bundling media section; null stands for the end of them. */
function trickleFragment(offer, candidates) {
  const line = (prefix) => offer.match(new RegExp(`^${prefix}.*$`, 'm'))[0].trim();
  const lines = [line('a=ice-ufrag:'), line('a=ice-pwd:'), line('m='), line('a=mid:')];
  for (const candidate of candidates) {
    lines.push(candidate?.candidate ? `a=${candidate.candidate}` : 'a=end-of-candidates');
  }
  return lines.map((text) => `${text}\r\n`).join('');
}

async function refusal(response) {
  const type = response.headers.get('Content-Type') ?? '';
  if (type.startsWith('application/problem+json')) {
    const problem = await response.json();
    return problem.detail ?? problem.title;
  }
  return `the server answered ${response.status}`;
}
