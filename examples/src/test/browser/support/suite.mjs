// What all tests share: a browser, servers and publishers that end with the test. The first argument of the
// process is the class path of the examples.

import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { figures, launch, openPage } from './browser.mjs';
import { Publisher } from './publisher.mjs';
import { Server } from './server.mjs';
import { until } from './time.mjs';

const classpath = process.argv[2];
if (!classpath) {
  throw new Error(`usage: node ${process.argv[1]} CLASSPATH`);
}

export const CONNECT_MS = 15_000;

const TEST_TIMEOUT = { timeout: 180_000 };
const LOG_TAIL = 4_000;

export let browser;
let servers = [];
let cleanups = [];

before(async () => {
  browser = await launch();
});

after(async () => {
  await browser?.close();
});

afterEach(async () => {
  for (const cleanup of cleanups.reverse()) {
    await cleanup();
  }
  cleanups = [];
  servers = [];
});

/** Has something done after the test, in the opposite order of asking. */
export function toEnd(cleanup) {
  cleanups.push(cleanup);
}

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

export async function startServer(...args) {
  const server = await Server.start(classpath, ...args);
  servers.push(server);
  toEnd(() => server.stop());
  return server;
}

export async function publish(server, stream, options) {
  const publisher = await Publisher.start(server, stream, options);
  toEnd(() => publisher.kill());
  return publisher;
}

/** Opens a page of the server. */
export async function open(server, path, context = browser) {
  const page = await openPage(context, `${server.url}${path}`);
  toEnd(() => page.close());
  return page;
}

/** Opens the player page and waits for the picture. */
export async function watch(server, stream, context = browser) {
  const page = await open(server, `/${stream}`, context);
  await until(async () => (await figures(page)).framesDecoded > 0, CONNECT_MS, 'no picture');
  return page;
}

export async function shouldHaveNoTrouble(server, page) {
  assert.deepEqual(page?.errors ?? [], []);
  assert.deepEqual(server.trouble, []);
}
