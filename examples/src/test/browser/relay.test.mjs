// Plays the relay's streams in Chromium. The first argument is the class path of the examples:
//   mvn -Pbrowser -DskipTests -pl examples -am verify

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe } from 'node:test';
import { figures, launch, launchServer, openPage, pictureVariance } from './support/browser.mjs';
import { datagrams, Random, rtspConnections, whepRequests } from './support/noise.mjs';
import {
  browser, check, CONNECT_MS, publish, shouldHaveLostNothing, shouldHaveNoTrouble, startServer,
  toEnd, watch,
} from './support/suite.mjs';
import { sleep, until } from './support/time.mjs';

const WATCH_MS = 20_000;
const SETTLE_MS = 2_000;
const FRAME_RATE = 30;
const TOLERANCE = 0.05;
const TRIES = 5;
const LEAST_VARIANCE = 200;
const GCM = 'SRTP_AEAD_AES_128_GCM';
const AES_CM = 'SRTP_AES128_CM_HMAC_SHA1_80';

describe('plays at the source\'s frame rate', () => {
  check('the demo, through the page', async (t) => {
    const server = await startServer();
    const page = await watch(server, 'demo');
    await shouldPlaySmoothly(t, page, GCM);
    await shouldAskForStereo(page);
    await shouldHaveNoTrouble(server, page);
  });

  check('the demo, with AES-CM first in the server\'s options', async (t) => {
    const server = await startServer('--srtp=aes-cm');
    const page = await watch(server, 'demo');
    await shouldPlaySmoothly(t, page, AES_CM);
    await shouldHaveNoTrouble(server, page);
  });

  for (const transport of ['tcp', 'udp']) {
    check(`what ffmpeg publishes over ${transport}`, async (t) => {
      const server = await startServer();
      await publish(server, 'camera', { transport });
      const page = await watch(server, 'camera');
      await shouldPlaySmoothly(t, page, GCM);
      await shouldHaveNoTrouble(server, page);
    });
  }

  check('the demo, with the option set low-overhead', async (t) => {
    const server = await startServer('--option-set=low-overhead');
    const page = await watch(server, 'demo');
    await shouldPlaySmoothly(t, page, GCM);
    await shouldHaveNoTrouble(server, page);
  });
});

describe('connects', () => {
  check('a browser that does not use the loopback interface', async (t) => {
    if (!hasDefaultRoute()) {
      t.diagnostic('this machine has no other interface');
      return;
    }
    const usual = await launch({ loopback: false });
    toEnd(() => usual.close());
    const server = await startServer();
    const page = await openPage(usual, `${server.url}/demo`);
    await until(async () => (await figures(page)).framesDecoded > 30, CONNECT_MS, 'no picture');
    await shouldHaveNoTrouble(server, page);
  });
});

describe('plays over TCP', () => {
  check('in a browser that must not use UDP', async (t) => {
    const own = await launch({ udp: false });
    toEnd(() => own.close());
    const server = await startServer('--webrtc-tcp-port=0');
    const page = await watch(server, 'demo', own);
    assert.equal((await figures(page)).protocol, 'tcp');
    await shouldPlaySmoothly(t, page, GCM);
    await shouldHaveNoTrouble(server, page);
  });

  check('not where UDP gets through', async () => {
    const server = await startServer('--webrtc-tcp-port=0');
    const page = await watch(server, 'demo');
    assert.equal((await figures(page)).protocol, 'udp');
    await shouldHaveNoTrouble(server, page);
  });
});

describe('goes on', () => {
  check('with the same session when the publisher restarts', async (t) => {
    const server = await startServer();
    const first = await publish(server, 'camera', { transport: 'tcp' });
    const page = await watch(server, 'camera');

    await first.kill();
    await sleep(2_000);
    const second = await publish(server, 'camera', { transport: 'udp', size: '320x180' });
    await until(async () => (await figures(page)).width === 320, CONNECT_MS, 'no new picture');
    await shouldAdvance(page, 2_000);

    await second.stop();
    await sleep(1_000);
    await publish(server, 'camera', { transport: 'tcp' });
    await until(async () => (await figures(page)).width === 640, CONNECT_MS, 'no third picture');
    await shouldAdvance(page, 2_000);

    assert.equal(await page.evaluate(() => window.peers.length), 1, 'sessions');
    const { packetsLost, keyFramesDecoded } = await figures(page);
    t.diagnostic(`three publishers, one session, ${keyFramesDecoded} keyframes, ${packetsLost} lost`);
    await shouldHaveNoTrouble(server, page);
  });

  check('in a new session when the server restarts', async () => {
    const first = await startServer();
    const page = await watch(first, 'demo');
    const port = new URL(first.url).port;

    await first.stop();
    const second = await startServer(`--http-port=${port}`);
    await until(async () => (await page.evaluate(() => window.peers.length)) > 1, 30_000,
      'no new session');
    await until(async () => (await figures(page)).framesDecoded > 30, 30_000, 'no new picture');

    assert.deepEqual(first.trouble, []);
    await shouldHaveNoTrouble(second, page);
  });

  check('while nonsense arrives on every port', async (t) => {
    const server = await startServer();
    await publish(server, 'camera', { transport: 'udp' });
    const page = await watch(server, 'camera');
    const udpPort = await page.evaluate(() =>
      Number(window.peers[0].remoteDescription.sdp.match(/a=candidate:\S+ 1 udp \d+ \S+ (\d+)/i)[1]));

    const stop = new AbortController();
    const noise = Promise.all([
      datagrams(udpPort, new Random(1), stop.signal),
      rtspConnections(server.rtspPort, new Random(2), stop.signal),
      whepRequests(`${server.url}/camera/whep`, new Random(3), stop.signal),
    ]);
    await shouldBeSmooth(t, page, 10_000).finally(() => stop.abort());
    const [sent, opened, statuses] = await noise;

    assert.ok([...statuses].every((status) => status < 500), `statuses ${[...statuses]}`);
    t.diagnostic(`${sent} datagrams, ${opened} RTSP connections, WHEP answered ${[...statuses].sort()}`);
    await shouldHaveNoTrouble(server, page);
  });
});

describe('keeps count of viewers', () => {
  check('ten on two streams that join and leave in any order', async (t) => {
    const server = await startServer();
    await publish(server, 'camera', { transport: 'tcp', size: '320x180' });
    const page = await openPage(browser, server.url);
    toEnd(() => page.close());
    await page.evaluate(async () => {
      const { WhepPlayer } = await import('/assets/whep.js');
      window.crowd = Array.from({ length: 10 }, (_, i) => {
        const video = document.body.appendChild(document.createElement('video'));
        video.muted = video.autoplay = true;
        return new WhepPlayer(`/${i % 2 ? 'camera' : 'demo'}/whep`, video);
      });
    });

    const random = new Random(4);
    const present = new Set();
    let steps = 0;
    const move = async (joins, viewer) => {
      await page.evaluate(([i, join]) => window.crowd[i][join ? 'start' : 'stop'](), [viewer, joins]);
      present[joins ? 'add' : 'delete'](viewer);
      steps++;
    };
    for (const viewer of random.shuffle([...Array(10).keys()])) {
      await move(true, viewer);
    }
    await shouldAllPlay(server, page, present);
    for (let i = 0; i < 30; i++) {
      const viewer = random.below(10);
      await move(!present.has(viewer), viewer);
      await sleep(random.below(200));
    }
    await shouldAllPlay(server, page, present);
    for (const viewer of random.shuffle([...present])) {
      await move(false, viewer);
    }
    await shouldAllPlay(server, page, present);
    t.diagnostic(`${steps} joins and leaves`);
    await shouldHaveNoTrouble(server, page);
  });

  check('one that vanishes is gone after the consent timeout', async (t) => {
    const server = await startServer('--consent-timeout=5');
    const own = await launchServer();
    toEnd(() => own.kill());
    const { chromium } = await import('playwright-core');
    const doomed = await chromium.connect(own.wsEndpoint());
    const page = await openPage(doomed, `${server.url}/demo`);
    await until(async () => (await server.viewers('demo')) === 1, CONNECT_MS, 'no viewer');
    await until(async () => (await figures(page)).framesDecoded > 30, CONNECT_MS, 'no picture');

    await own.kill();
    const vanished = Date.now();
    await sleep(1_500);
    assert.equal(await server.viewers('demo'), 1, 'viewers before the timeout');
    await until(async () => (await server.viewers('demo')) === 0, 8_000, 'the viewer was not gone');
    t.diagnostic(`gone after ${((Date.now() - vanished) / 1_000).toFixed(1)} s`);
    await shouldHaveNoTrouble(server);
  });

  check('one that closes its page is gone at once', async () => {
    const server = await startServer();
    const page = await watch(server, 'demo');
    assert.equal(await server.viewers('demo'), 1);
    await page.goto('about:blank');
    await until(async () => (await server.viewers('demo')) === 0, 3_000, 'the viewer was not gone');
    await shouldHaveNoTrouble(server, page);
  });
});

function hasDefaultRoute() {
  return readFileSync('/proc/net/route', 'latin1').split('\n')
    .some((line) => line.split('\t')[1] === '00000000');
}

async function shouldPlaySmoothly(t, page, cipher) {
  await page.getByRole('button', { name: 'Sound' }).click();
  await sleep(SETTLE_MS);
  const before = await figures(page);
  const variance = await pictureVariance(page);
  const now = await shouldBeSmooth(t, page, WATCH_MS);
  assert.equal(now.codec, 'video/H264');
  assert.equal(now.audioPacketsLost, 0, 'audio packets lost');
  assert.equal(now.dtlsState, 'connected');
  assert.equal(now.srtpCipher, cipher);
  assert.ok(variance > LEAST_VARIANCE, `the picture is flat: variance ${variance}`);
  assert.ok(now.audioEnergy > before.audioEnergy, 'the sound is silent');
  t.diagnostic(`${now.srtpCipher}, picture variance ${variance.toFixed(0)}, `
    + `${now.audioPackets} audio packets`);
}

/**
 * Watches for some time, in which frames come at the source's rate and none freezes. Other work on the
 * machine may starve the decoder, so there are several tries; no packet may be lost in any.
 */
async function shouldBeSmooth(t, page, ms) {
  for (let remaining = TRIES; remaining > 0; remaining--) {
    const before = await figures(page);
    await sleep(ms);
    const now = await figures(page);
    const seconds = (now.at - before.at) / 1_000;
    const rate = (now.framesDecoded - before.framesDecoded) / seconds;
    const freezes = now.freezeCount - before.freezeCount;
    t.diagnostic(`${rate.toFixed(2)} frames a second in ${seconds.toFixed(1)} s, `
      + `${freezes} freezes, ${now.packetsLost} packets lost`);
    shouldHaveLostNothing(now);
    if (freezes === 0 && Math.abs(rate - FRAME_RATE) <= FRAME_RATE * TOLERANCE) {
      return now;
    }
  }
  return assert.fail(`not once smooth for ${ms} ms`);
}

async function shouldAdvance(page, ms) {
  const before = await figures(page);
  await sleep(ms);
  const now = await figures(page);
  assert.ok(now.framesDecoded - before.framesDecoded > ms / 1_000 * 25, 'the picture stands still');
}

async function shouldAllPlay(server, page, present) {
  const decoded = () => page.evaluate(() => Promise.all(window.crowd.map(async (player) => {
    const entries = [...((await player.stats())?.values() ?? [])];
    return entries.find(({ type, kind }) => type === 'inbound-rtp' && kind === 'video')
      ?.framesDecoded ?? 0;
  })));
  const ofStream = (remainder) => [...present].filter((viewer) => viewer % 2 === remainder).length;
  await until(async () => (await server.viewers('demo')) === ofStream(0)
    && (await server.viewers('camera')) === ofStream(1), CONNECT_MS, 'the counts do not match');
  await until(async () => {
    const counts = await decoded();
    return counts.every((count, viewer) => !present.has(viewer) || count > 0);
  }, CONNECT_MS, 'somebody has no picture');
  const before = await decoded();
  await sleep(2_000);
  const now = await decoded();
  for (const viewer of present) {
    assert.ok(now[viewer] - before[viewer] >= 30, `viewer ${viewer} of ${[...present]} stands still`);
  }
}

async function shouldAskForStereo(page) {
  const [offer, answer] = await page.evaluate(() => {
    const { localDescription, remoteDescription } = window.peers.at(-1);
    return [localDescription.sdp, remoteDescription.sdp];
  });
  assert.match(offer, /a=fmtp:.*[ ;]stereo=1/);
  assert.match(answer, /a=fmtp:.*[ ;]stereo=1/);
}
