import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import { sleep } from './time.mjs';

const DATAGRAMS_A_TURN = 20;
const TURN_MS = 10;

/** Repeatable pseudo-random numbers (a 32-bit xorshift). */
export class Random {
  #state;

  constructor(seed) {
    this.#state = seed | 1;
  }

  below(bound) {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    return (this.#state >>> 0) % bound;
  }

  bytes(length) {
    return Buffer.from(Array.from({ length }, () => this.below(256)));
  }

  shuffle(items) {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      [items[i], items[j]] = [items[j], items[i]];
    }
    return items;
  }
}

/** Sends random datagrams until it is told to stop; most begin like STUN, DTLS, RTP or RTCP. */
export async function datagrams(port, random, signal) {
  const socket = createSocket('udp4');
  socket.connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.on('error', () => {});
  let sent = 0;
  while (!signal.aborted) {
    for (let i = 0; i < DATAGRAMS_A_TURN; i++, sent++) {
      socket.send(datagram(random));
    }
    await sleep(TURN_MS);
  }
  socket.close();
  return sent;
}

function datagram(random) {
  const body = random.bytes(random.below(200));
  switch (random.below(6)) {
    case 0: return stun(random, body);
    case 1: return Buffer.concat([Buffer.from([22, 254, 253]), body]);
    case 2: return Buffer.concat([Buffer.from([0x80, 96]), body]);
    case 3: return Buffer.concat([Buffer.from([0x81, 200 + random.below(7), 0, random.below(30)]), body]);
    case 4: return random.bytes(1_400);
    default: return body;
  }
}

/** A binding request with the right length and magic cookie and random attributes. */
function stun(random, body) {
  const attributes = body.subarray(0, body.length & ~3);
  const header = Buffer.alloc(20);
  header.writeUInt16BE(1, 0);
  header.writeUInt16BE(attributes.length, 2);
  header.writeUInt32BE(0x2112a442, 4);
  random.bytes(12).copy(header, 8);
  return Buffer.concat([header, attributes]);
}

/** Opens RTSP connections one after the other and sends nonsense in each. */
export async function rtspConnections(port, random, signal) {
  let opened = 0;
  while (!signal.aborted) {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    socket.write(rtspNonsense(random, port));
    await sleep(20);
    socket.destroy();
    opened++;
  }
  return opened;
}

function rtspNonsense(random, port) {
  const uri = `rtsp://127.0.0.1:${port}/noise${random.below(9)}`;
  const announce = (body) =>
    `ANNOUNCE ${uri} RTSP/1.0\r\nCSeq: 1\r\nContent-Type: application/sdp\r\n`
    + `Content-Length: ${body.length}\r\n\r\n`;
  switch (random.below(6)) {
    case 0: return random.bytes(2_000);
    case 1: {
      const body = random.bytes(300);
      return Buffer.concat([Buffer.from(announce(body)), body]);
    }
    case 2: return `SETUP ${uri} RTSP/1.0\r\nCSeq: ${'9'.repeat(400)}\r\nTransport: ;;=,\r\n\r\n`;
    case 3: return `RECORD ${uri} RTSP/1.0\r\n\r\n`;
    case 4: return Buffer.concat([Buffer.from([36, 0, 255, 255]), random.bytes(500)]);
    default: return `OPTIONS * RTSP/1.0\r\n${'X: y\r\n'.repeat(5_000)}`;
  }
}

/** Sends nonsense to a WHEP endpoint; tells which status codes came back. */
export async function whepRequests(endpoint, random, signal) {
  const statuses = new Set();
  const methods = ['POST', 'POST', 'POST', 'PATCH', 'PUT', 'DELETE', 'OPTIONS', 'GET'];
  const types = ['application/sdp', 'application/trickle-ice-sdpfrag', 'text/plain', ';;'];
  while (!signal.aborted) {
    const method = methods[random.below(methods.length)];
    const path = random.below(2) ? endpoint : `${endpoint}/${random.below(1_000)}`;
    const response = await fetch(path, {
      method,
      headers: { 'Content-Type': types[random.below(types.length)] },
      body: method === 'GET' ? undefined : whepNonsense(random),
    });
    await response.arrayBuffer();
    statuses.add(response.status);
    await sleep(5);
  }
  return statuses;
}

function whepNonsense(random) {
  const offer = 'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\n'
    + 'c=IN IP4 0.0.0.0\r\na=ice-ufrag:abcd\r\na=mid:0\r\na=recvonly\r\na=rtpmap:96 H264/90000\r\n';
  switch (random.below(4)) {
    case 0: return random.bytes(random.below(3_000));
    case 1: return offer.slice(0, random.below(offer.length));
    case 2: {
      const bytes = Buffer.from(offer);
      bytes[random.below(bytes.length)] = random.below(256);
      return bytes;
    }
    default: return 'a'.repeat(1 << 18);
  }
}
