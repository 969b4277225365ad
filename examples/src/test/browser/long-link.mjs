// Plays a camera's stream in Chromium over a long path that loses packets, with forward error correction and without:
//   node long-link.mjs CLASSPATH [LOSS...]
// The class path holds the examples and the benchmarks; losses are shares.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch, openPage } from './support/browser.mjs';
import { bottleneck, encode, publish } from './support/link.mjs';
import { Server } from './support/server.mjs';
import { sleep, until } from './support/time.mjs';

const [classpath, ...losses] = process.argv.slice(2);
if (!classpath) {
  throw new Error('usage: node long-link.mjs CLASSPATH [LOSS...]');
}

const PORT = 18_289;
const SETTLE_MS = 8_000;
const WATCH_MS = 30_000;

const directory = mkdtempSync(join(tmpdir(), 'long-link-'));
const clip = join(directory, 'clip.mkv');
try {
  encode(clip);
  for (const loss of losses.length > 0 ? losses : ['0.05']) {
    for (const options of [[], ['--fec']]) {
      await play(loss, options);
    }
  }
} finally {
  rmSync(directory, { recursive: true });
}

async function play(loss, options) {
  const server = await Server.start(
    classpath, '--webrtc-host=127.0.0.1', `--webrtc-port=${PORT}`, '--public-address=127.0.0.2',
    ...options);
  const link = await bottleneck(classpath, PORT, 'rate=20000000', 'delay=100', `loss=${loss}`);
  const camera = publish(clip, server);
  const browser = await launch();
  try {
    await until(async () => (await server.streams()).some(({ name }) => name === 'camera'), 30_000,
      'the camera did not go live');
    const page = await openPage(browser, `${server.url}/camera`);
    await until(async () => (await read(page)).framesDecoded > 0, 30_000, 'no picture');
    await sleep(SETTLE_MS);
    const before = await read(page);
    await sleep(WATCH_MS);
    const after = await read(page);
    console.log(`${100 * loss} % of loss, ${options[0] ?? 'without FEC'}`);
    for (const [name, value] of Object.entries(after)) {
      console.log(`  ${name.padEnd(26)} ${+(value - before[name]).toFixed(2)}`);
    }
  } finally {
    await browser.close();
    camera.kill('SIGKILL');
    link.kill('SIGKILL');
    await server.stop();
  }
}

/** What the picture's statistics have counted. */
async function read(page) {
  return page.evaluate(async () => {
    const report = [...(await window.peers.at(-1).getStats()).values()];
    const video = report.find(({ type, kind }) => type === 'inbound-rtp' && kind === 'video') ?? {};
    const names = [
      'framesDecoded', 'freezeCount', 'totalFreezesDuration', 'packetsReceived', 'packetsLost', 'nackCount',
      'pliCount', 'fecPacketsReceived', 'fecPacketsDiscarded',
    ];
    return Object.fromEntries(names.map((name) => [name, video[name] ?? 0]));
  });
}
