// What all tests share: a browser, servers and publishers that end with the test. The first argument of the
// process is the class path of the examples.

import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { figures, launch, openPage } from './browser.mjs';
import { droppedDatagrams } from './kernel.mjs';
import { Publisher } from './publisher.mjs';
import { Server } from './server.mjs';
import { until } from './time.mjs';

const classpath = process.argv[2];
if (!classpath) {
  throw new Error(`usage: node ${process.argv[1]} CLASSPATH`);
}

export const CONNECT_MS = 15_000;

const TEST_TIMEOUT = { timeout: 300_000 };
const LOG_TAIL = 4_000;
const ATTEMPTS = 2;

export let browser;
let servers = [];
let cleanups = [];
let droppedBefore = 0;

before(async () => {
  browser = await launch();
});

after(async () => {
  await browser?.close();
});

afterEach(cleanUp);

async function cleanUp() {
  for (const cleanup of cleanups.reverse()) {
    await cleanup();
  }
  cleanups = [];
  servers = [];
}

/** Has something done after the test, in the opposite order of asking. */
export function toEnd(cleanup) {
  cleanups.push(cleanup);
}

/**
 * A test that shows what the servers know when it fails. Others may take the processor away for seconds, and
 * no browser plays then, so what fails is tried once more; the first failure is shown.
 */
export function check(name, body) {
  test(name, TEST_TIMEOUT, async (t) => {
    for (let attempt = 1; ; attempt++) {
      droppedBefore = droppedDatagrams();
      try {
        return await body(t);
      } catch (error) {
        t.diagnostic(`attempt ${attempt} of ${ATTEMPTS}: ${error.stack}`);
        t.diagnostic(`datagrams that the kernel dropped meanwhile: ${droppedDatagrams() - droppedBefore}`);
        for (const server of servers) {
          t.diagnostic(`the server's statistics: ${await server.statistics()}`);
          t.diagnostic(`the server's log: ${server.log.slice(-LOG_TAIL)}`);
        }
        if (attempt === ATTEMPTS) {
          throw error;
        }
        await cleanUp();
      }
    }
  });
}

/** The player has every packet, but for as many as the kernel itself dropped since the test began. */
export function shouldHaveLostNothing({ packetsLost }) {
  const dropped = packetsLost > 0 ? droppedDatagrams() - droppedBefore : 0;
  assert.ok(packetsLost <= dropped, `packets lost: ${packetsLost}, dropped by the kernel: ${dropped}`);
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
