// A WHIP client: publishes one stream until it is stopped or the connection ends.

import { Session } from './whep.js';

/** Fires "statechange" whenever {@link state} changes: "connecting", "connected" or "stopped". */
export class WhipPublisher extends EventTarget {
  #endpoint;
  #session = null;

  state = 'stopped';
  detail = '';

  constructor(endpoint) {
    super();
    this.#endpoint = endpoint;
  }

  /** Publishes a MediaStream; its picture in a codec such as "video/VP9", if one is named. */
  async start(media, codec = null) {
    this.stop();
    const session = new Session(this.#endpoint, (peer) => send(peer, media, codec));
    this.#session = session;
    this.#change('connecting');
    session.onconnected = () => this.#change('connected');
    session.onended = (reason) => this.#end(session, reason);
    try {
      await session.open();
    } catch (error) {
      this.#end(session, error.message);
    }
  }

  stop() {
    if (this.#session) {
      this.#end(this.#session, '');
    }
  }

  #end(session, reason) {
    session.close();
    if (session === this.#session) {
      this.#session = null;
      this.#change('stopped', reason);
    }
  }

  #change(state, detail = '') {
    this.state = state;
    this.detail = detail;
    this.dispatchEvent(new Event('statechange'));
  }
}

function send(peer, media, codec) {
  for (const track of media.getTracks()) {
    const transceiver = peer.addTransceiver(track, { direction: 'sendonly', streams: [media] });
    if (track.kind === 'video' && codec) {
      transceiver.setCodecPreferences(preferring(codec));
    }
  }
}

function preferring(codec) {
  const { codecs } = RTCRtpSender.getCapabilities('video');
  const wanted = ({ mimeType }) => mimeType.toLowerCase() === codec.toLowerCase();
  return [...codecs.filter(wanted), ...codecs.filter((other) => !wanted(other))];
}
