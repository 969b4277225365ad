// Publishes from Chromium and plays in another page. The first argument is the class path of the examples:
//   mvn -Pbrowser -DskipTests -pl examples -am verify

import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { figures, launch, openPage, pictureVariance } from './support/browser.mjs';
import {
  browser, check, CONNECT_MS, shouldHaveLostNothing, shouldHaveNoTrouble, startServer,
  toEnd, watch,
} from './support/suite.mjs';
import { sleep, until } from './support/time.mjs';

const WATCH_MS = 15_000;
const SETTLE_MS = 2_000;
const LEAST_VARIANCE = 200;
const LEAST_RATE = 5;
const ENCODED_WIDTH = 960;
const ENCODED_HEIGHT = 540;

/** a browser sends its larger encodings when it knows what its link carries */
const SIMULCAST_MS = 40_000;

/** frames that may be on their way when both sides are asked */
const UNDER_WAY = 15;

describe('a browser publishes and another page plays', () => {
  for (const codec of ['video/H264', 'video/VP8', 'video/VP9']) {
    check(codec, async (t) => {
      const server = await startServer();
      const studio = await publish(server, codec);
      const page = await watch(server, 'studio');
      await page.getByRole('button', { name: 'Sound' }).click();
      await shouldGetEveryFrame(t, studio, page, codec);
      assert.ok(await pictureVariance(page) > LEAST_VARIANCE, 'the picture is flat');
      await shouldHaveNoTrouble(server, page);
    });
  }
});

describe('a browser that must not use UDP', () => {
  check('publishes over TCP', async (t) => {
    const server = await startServer('--webrtc-tcp-port=0');
    const own = await launch({ udp: false });
    toEnd(() => own.close());
    const studio = await publish(server, 'video/VP8', own);
    const page = await watch(server, 'studio', own);
    await page.getByRole('button', { name: 'Sound' }).click();
    assert.equal((await figures(studio)).protocol, 'tcp');
    assert.equal((await figures(page)).protocol, 'tcp');
    await shouldGetEveryFrame(t, studio, page, 'video/VP8');
    await shouldHaveNoTrouble(server, page);
  });
});

describe('redundant audio', () => {
  check('reaches a page that has none', async (t) => {
    const server = await startServer();
    const context = await browser.newContext();
    toEnd(() => context.close());
    await context.addInitScript(preferRedundantAudio);
    const studio = await publish(server, 'video/VP8', context);
    const page = await watch(server, 'studio');
    await page.getByRole('button', { name: 'Sound' }).click();
    await sleep(SETTLE_MS);
    const before = await figures(page);
    await until(async () => (await figures(page)).audioPackets > before.audioPackets + 250, CONNECT_MS,
      'no sound');

    const now = await figures(page);
    const [out, received] = [await audioPacketSize(studio), await audioPacketSize(page)];
    t.diagnostic(`${out.toFixed(0)} bytes a packet sent, ${received.toFixed(0)} received`);
    assert.ok(out > 1.5 * received, 'packets bring nothing along');
    assert.equal(now.audioPacketsLost, 0, 'audio packets lost');
    assert.ok(now.audioEnergy > before.audioEnergy, 'the sound is silent');
    await shouldHaveNoTrouble(server, page);
  });
});

describe('simulcast', () => {
  check('each of three encodings reaches a viewer whom the host gives it, without a freeze', async (t) => {
    const server = await startServer();
    const studio = await openPage(browser, server.url);
    toEnd(() => studio.close());
    await studio.evaluate(publishSimulcast, [ENCODED_WIDTH, ENCODED_HEIGHT]);
    const page = await watch(server, 'studio');
    await until(async () => (await renditions(server)).length === 3, CONNECT_MS,
      'not three encodings');
    await until(async () => (await sentEncodings(studio)).length === 3, SIMULCAST_MS, 'not three are sent');

    const { tag } = (await statistics(server)).viewers[0];
    for (const [rid, scale] of [['l', 4], ['h', 1], ['m', 2], ['h', 1], ['l', 4]]) {
      await fetch(`${server.url}/api/viewers/rendition?tag=${tag}&id=${rid}`, { method: 'PUT' });
      await until(async () => (await figures(page)).width === ENCODED_WIDTH / scale, SIMULCAST_MS,
        `no picture of ${rid}`);
      const { framesDecoded } = await figures(page);
      await until(async () => (await figures(page)).framesDecoded > framesDecoded + 10, CONNECT_MS,
        `the picture of ${rid} stands still`);
      assert.equal((await statistics(server)).viewers[0].rendition, rid);
    }
    const now = await figures(page);
    t.diagnostic(`${now.freezeCount} freezes, ${now.packetsLost} packets lost`);
    shouldHaveLostNothing(now);
    assert.equal(now.freezeCount, 0, 'freezes');
    await shouldHaveNoTrouble(server, page);
  });
});

describe('a stream', () => {
  check('goes on with a second publisher, and the first one is told', async () => {
    const server = await startServer();
    const first = await publish(server, 'video/VP8');
    const page = await watch(server, 'studio');

    const second = await publish(server, 'video/VP8');
    await first.getByText('Stopped').waitFor({ timeout: CONNECT_MS });
    const { framesDecoded } = await figures(page);
    await until(async () => (await figures(page)).framesDecoded > framesDecoded + 60, CONNECT_MS,
      'the picture stands still');
    assert.equal(await page.evaluate(() => window.peers.length), 1, 'sessions');
    await second.getByText('Live').waitFor({ timeout: CONNECT_MS });
    await shouldHaveNoTrouble(server, page);
  });

  check('goes on in the codec that its publisher turns to', async () => {
    const server = await startServer();
    const studio = await publish(server, 'video/VP8');
    const page = await watch(server, 'studio');
    assert.equal((await figures(page)).codec, 'video/VP8');
    await studio.evaluate(turnTo, 'video/VP9');
    await until(async () => (await figures(page)).codec === 'video/VP9', CONNECT_MS,
      'still in the first codec');
    const { framesDecoded } = await figures(page);
    await until(async () => (await figures(page)).framesDecoded > framesDecoded + 30, CONNECT_MS,
      'the picture stands still');
    assert.ok(await studio.getByText('Live').isVisible(), 'the publisher was told that it ended');
    await shouldHaveNoTrouble(server, page);
  });

  check('is down when its publisher leaves, and goes on when it comes back', async () => {
    const server = await startServer();
    const studio = await publish(server, 'video/VP8');
    const page = await watch(server, 'studio');

    await studio.getByRole('button', { name: 'Stop' }).click();
    await until(async () => !(await live(server)), CONNECT_MS, 'the stream is still up');
    await studio.getByRole('button', { name: 'Publish' }).click();
    const { framesDecoded } = await figures(page);
    await until(async () => (await figures(page)).framesDecoded > framesDecoded + 30, CONNECT_MS,
      'no new picture');

    await studio.close();
    await until(async () => !(await live(server)), CONNECT_MS, 'the stream is still up');
    await shouldHaveNoTrouble(server, page);
  });
});

/** Opens a page that publishes a test picture. */
async function publish(server, codec, opener = browser) {
  const page = await openPage(opener, `${server.url}/studio?publish`);
  toEnd(() => page.close());
  await page.getByLabel('Source').selectOption('test');
  await page.getByLabel('Codec').selectOption(codec);
  await page.getByRole('button', { name: 'Publish' }).click();
  await page.getByText('Live').waitFor({ timeout: CONNECT_MS });
  return page;
}

/** Mean size of the audio packets that a page sends, or receives, in bytes of payload. */
async function audioPacketSize(page) {
  return page.evaluate(async () => {
    const report = [...(await window.peers.at(-1).getStats()).values()];
    const { bytesSent, packetsSent, bytesReceived, packetsReceived } =
      report.find(({ type, kind }) => /^(in|out)bound-rtp$/.test(type) && kind === 'audio');
    return (bytesSent ?? bytesReceived) / (packetsSent ?? packetsReceived);
  });
}

/** Runs in the page before all else. */
function preferRedundantAudio() {
  const { addTransceiver } = RTCPeerConnection.prototype;
  RTCPeerConnection.prototype.addTransceiver = function (track, init) {
    const transceiver = addTransceiver.call(this, track, init);
    if (track.kind === 'audio') {
      const isRed = ({ mimeType }) => mimeType === 'audio/red';
      const { codecs } = RTCRtpSender.getCapabilities('audio');
      transceiver.setCodecPreferences([...codecs.filter(isRed), ...codecs.filter((c) => !isRed(c))]);
    }
    return transceiver;
  };
}

/** Runs in the page: has its picture encoded by another of the codecs that were agreed on. */
async function turnTo(mimeType) {
  const sender = window.peers.at(-1).getSenders().find(({ track }) => track?.kind === 'video');
  const parameters = sender.getParameters();
  parameters.encodings[0].codec = parameters.codecs.find((codec) => codec.mimeType === mimeType);
  await sender.setParameters(parameters);
}

/** Runs in the page: three encodings, the largest one first. */
async function publishSimulcast([width, height]) {
  const { Session } = await import('/assets/whep.js');
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d');
  setInterval(() => {
    context.fillStyle = `hsl(${performance.now() / 10 % 360} 80% 50%)`;
    context.fillRect(0, 0, canvas.width, canvas.height);
  }, 100);
  const [track] = canvas.captureStream(10).getVideoTracks();
  const session = new Session('/studio/whip', (peer) => peer.addTransceiver(track, {
    direction: 'sendonly',
    sendEncodings: [
      { rid: 'h' }, { rid: 'm', scaleResolutionDownBy: 2 }, { rid: 'l', scaleResolutionDownBy: 4 },
    ],
  }));
  await session.open();
}

/** The RIDs of what a page sends at present. */
async function sentEncodings(page) {
  return page.evaluate(async () => [...(await window.peers.at(-1).getStats()).values()]
    .filter(({ type, kind, framesPerSecond }) => type === 'outbound-rtp' && kind === 'video' && framesPerSecond > 0)
    .map(({ rid }) => rid));
}

async function renditions(server) {
  const { streams } = await statistics(server);
  return streams.find(({ name }) => name === 'studio')?.renditions ?? [];
}

async function statistics(server) {
  return (await fetch(`${server.url}/api/statistics?stream=studio`)).json();
}

async function live(server) {
  return (await studioStream(server))?.live ?? false;
}

async function studioStream(server) {
  return (await server.streams()).find(({ name }) => name === 'studio');
}

/**
 * Whatever is encoded comes out at the other end, and nothing is lost on the way. Other work on the machine
 * may starve encoder and decoder, so frames are counted where they arrive.
 */
async function shouldGetEveryFrame(t, studio, page, codec) {
  await sleep(SETTLE_MS);
  const [sentBefore, before] = await Promise.all([sent(studio), figures(page)]);
  await sleep(WATCH_MS);
  let encoded;
  let received;
  let sentNow;
  let now;
  await until(async () => {
    [sentNow, now] = await Promise.all([sent(studio), figures(page)]);
    encoded = sentNow.framesEncoded - sentBefore.framesEncoded;
    received = now.framesReceived - before.framesReceived;
    return Math.abs(encoded - received) <= UNDER_WAY;
  }, CONNECT_MS, 'frames are missing');
  t.diagnostic(`${encoded} frames encoded, ${received} received, ${now.packetsLost} packets lost, `
    + `${sentNow.pliCount} keyframes asked for, ${(sentNow.availableBitrate / 1_000).toFixed(0)} kbit/s estimated`);
  assert.equal(now.codec, codec);
  shouldHaveLostNothing(now);
  assert.equal(now.audioPacketsLost, 0, 'audio packets lost');
  assert.ok(encoded > LEAST_RATE * WATCH_MS / 1_000, `only ${encoded} frames were encoded`);
  assert.ok(now.framesDecoded > before.framesDecoded, 'the picture stands still');
  assert.ok(now.audioEnergy > before.audioEnergy, 'the sound is silent');
  assert.ok(sentNow.availableBitrate > 0, 'no feedback came');
  assert.equal(sentNow.reportedLost, 0, 'packets that the relay reports as lost');
}

/** What the statistics of a publishing page say. */
async function sent(page) {
  return page.evaluate(async () => {
    const report = [...(await window.peers.at(-1).getStats()).values()];
    const video = (type) => report.find((entry) => entry.type === type && entry.kind === 'video') ?? {};
    const pair = report.find(({ type, nominated }) => type === 'candidate-pair' && nominated) ?? {};
    return {
      framesEncoded: video('outbound-rtp').framesEncoded ?? 0,
      pliCount: video('outbound-rtp').pliCount ?? 0,
      reportedLost: video('remote-inbound-rtp').packetsLost,
      availableBitrate: pair.availableOutgoingBitrate ?? 0,
    };
  });
}
