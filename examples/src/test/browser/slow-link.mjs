// Plays a camera's stream in Chromium through a link that carries less, with rate control and without it:
//   node slow-link.mjs CLASSPATH [RATE...]
// The class path holds the examples and the benchmarks; rates are in bits per second.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch, openPage } from './support/browser.mjs';
import { bottleneck, encode, publish } from './support/link.mjs';
import { Server } from './support/server.mjs';
import { sleep, until } from './support/time.mjs';

const [classpath, ...rates] = process.argv.slice(2);
if (!classpath) {
  throw new Error('usage: node slow-link.mjs CLASSPATH [RATE...]');
}

const PORT = 18_189;
const FAST = 20_000_000;
const LINK = ['queue=200', 'delay=10'];
const FAST_MS = 10_000;
const SLOW_MS = 30_000;
const SETTLE_MS = 3_000;
const RETURN_MS = 5_000;
const FREEZE_MS = 300;

const directory = mkdtempSync(join(tmpdir(), 'slow-link-'));
const clip = join(directory, 'clip.mkv');
try {
  encode(clip);
  for (const rate of rates.length > 0 ? rates : ['1400000', '500000']) {
    for (const options of [['--no-rate-control'], []]) {
      await play(rate, options);
    }
  }
} finally {
  rmSync(directory, { recursive: true });
}

async function play(rate, options) {
  const server = await Server.start(
    classpath, '--webrtc-host=127.0.0.1', `--webrtc-port=${PORT}`, '--public-address=127.0.0.2',
    ...options);
  const link = await bottleneck(classpath, PORT, `rate=${FAST}`, ...LINK);
  const camera = publish(clip, server);
  const browser = await launch();
  try {
    await until(async () => (await server.streams()).some(({ name }) => name === 'camera'), 15_000,
      'the camera did not go live');
    const page = await openPage(browser, `${server.url}/camera`);
    await until(() => page.evaluate(watchFrames), 15_000, 'no picture');
    await sleep(SETTLE_MS);
    await read(page);
    await sleep(FAST_MS);
    const before = await read(page);
    link.stdin.write(`rate=${rate}\n`);
    await sleep(SETTLE_MS);
    await read(page);
    await sleep(SLOW_MS - SETTLE_MS);
    const slow = await read(page);
    link.stdin.write(`rate=${FAST}\n`);
    await sleep(RETURN_MS);
    await read(page);
    await sleep(FAST_MS);
    const after = await read(page);
    const best = Math.min(...before.frames.map(({ delay }) => delay));
    console.log(`${rate} bit/s, ${options[0] ?? 'with rate control'}`);
    for (const [name, figures] of Object.entries({ before, slow, after })) {
      console.log(`  ${name.padEnd(6)} ${describe(figures, best)}`);
    }
  } finally {
    await browser.close();
    camera.kill('SIGKILL');
    link.kill('SIGKILL');
    await server.stop();
  }
}

/** Notes when each frame is shown, and by the publisher's clock; true as soon as there is one. */
function watchFrames() {
  const video = document.querySelector('video');
  if (video && !window.frames_) {
    window.frames_ = [];
    const note = (now, { rtpTimestamp, presentationTime }) => {
      window.frames_.push({ at: presentationTime, delay: presentationTime - rtpTimestamp / 90 });
      video.requestVideoFrameCallback(note);
    };
    video.requestVideoFrameCallback(note);
  }
  return (window.frames_ ?? []).length > 0;
}

/** What was shown since the last time. */
async function read(page) {
  return page.evaluate(async () => {
    const report = [...(await window.peers.at(-1).getStats()).values()];
    const inbound = (kind) =>
      report.find((entry) => entry.type === 'inbound-rtp' && entry.kind === kind) ?? {};
    const now = performance.now();
    const audio = inbound('audio');
    const video = inbound('video');
    const sums = {
      audioLost: audio.packetsLost ?? 0,
      concealed: (audio.concealedSamples ?? 0) - (audio.silentConcealedSamples ?? 0),
      samples: audio.totalSamplesReceived ?? 0,
      bytes: video.bytesReceived + (video.retransmittedBytesReceived ?? 0),
      keyframes: video.keyFramesDecoded ?? 0,
    };
    const last = window.last_ ?? { at: now, sums };
    window.last_ = { at: now, sums };
    const changes = Object.fromEntries(
      Object.entries(sums).map(([name, sum]) => [name, sum - last.sums[name]]));
    return { from: last.at, to: now, frames: window.frames_.splice(0), ...changes };
  });
}

function describe({ from, to, frames, bytes, audioLost, concealed, samples, keyframes }, best) {
  const times = [from, ...frames.map(({ at }) => at), to];
  const gaps = times.slice(1).map((time, i) => time - times[i]);
  const freezes = gaps.filter((gap) => gap > FREEZE_MS);
  const delays = frames.map(({ delay }) => delay - best).sort((a, b) => a - b);
  const delay = (share) => Math.round(delays[Math.floor(share * (delays.length - 1))] ?? NaN);
  return [
    `${(frames.length * 1_000 / (to - from)).toFixed(1)} frames/s`,
    `${keyframes} keyframes`,
    `${Math.round(bytes * 8 / (to - from))} kbit/s`,
    `${freezes.length} gaps over ${FREEZE_MS} ms`,
    `longest ${Math.round(Math.max(...gaps))} ms`,
    `behind the best by ${delay(0.5)} ms p50, ${delay(1)} ms at most`,
    `sound ${audioLost} lost, ${(100 * concealed / Math.max(1, samples)).toFixed(1)} % concealed`,
  ].join(', ');
}
