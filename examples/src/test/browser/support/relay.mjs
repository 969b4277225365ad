// What the tests of the relay in browsers have in common: servers, a Chromium, what is to be seen.

import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { figures, launch, openPage } from './browser.mjs';
import { Server } from './server.mjs';
import { sleep, until } from './time.mjs';

const classpath = process.argv[2];
if (!classpath) {
  throw new Error('the first argument has to be the class path of the examples');
}

export const CONNECT_MS = 15_000;
const FRAME_RATE = 30;
const TOLERANCE = 0.05;
const TRIES = 5;
const TEST_TIMEOUT = { timeout: 180_000 };
const LOG_TAIL = 4_000;

/** Shared by all tests of a file. */
export let browser;

/** Called when a test has ended, the newest first. */
export const cleanups = [];
let servers = [];

before(async () => {
  browser = await launch();
});

after(async () => {
  await browser?.close();
});

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) {
    await cleanup();
  }
  servers = [];
});

/** A test that shows the servers' logs when it fails. */
export function check(name, body) {
  test(name, TEST_TIMEOUT, async (t) => {
    try {
      await body(t);
    } catch (error) {
      servers.forEach((server) => t.diagnostic(`the server's log: ${server.log.slice(-LOG_TAIL)}`));
      throw error;
    }
  });
}

/** Starts a server that ends with the test. */
export async function startServer(...args) {
  const server = await Server.start(classpath, ...args);
  servers.push(server);
  cleanups.push(() => server.stop());
  return server;
}

/** Opens the player page and waits for the picture. */
export async function watch(server, stream) {
  const page = await openPage(browser, `${server.url}/${stream}`);
  cleanups.push(() => page.close());
  await until(async () => (await figures(page)).framesDecoded > 0, CONNECT_MS, 'no picture');
  return page;
}

/**
 * Watches for some time, in which frames come at the source's rate and none freezes. Other work on the
 * machine may starve the decoder, so there are several tries; no packet may be lost in any.
 */
export async function shouldBeSmooth(t, page, ms) {
  for (let remaining = TRIES; remaining > 0; remaining--) {
    const before = await figures(page);
    await sleep(ms);
    const now = await figures(page);
    const seconds = (now.at - before.at) / 1_000;
    const rate = (now.framesDecoded - before.framesDecoded) / seconds;
    const freezes = now.freezeCount - before.freezeCount;
    t.diagnostic(`${rate.toFixed(2)} frames a second in ${seconds.toFixed(1)} s, `
      + `${freezes} freezes, ${now.packetsLost} packets lost`);
    assert.equal(now.packetsLost, 0, 'packets lost');
    if (freezes === 0 && Math.abs(rate - FRAME_RATE) <= FRAME_RATE * TOLERANCE) {
      return now;
    }
  }
  return assert.fail(`not once smooth for ${ms} ms`);
}

/** Neither the page nor the server had errors. */
export async function shouldHaveNoTrouble(server, page) {
  assert.deepEqual(page?.errors ?? [], []);
  assert.deepEqual(server.trouble, []);
}
