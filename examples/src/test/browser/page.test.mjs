// Uses the pages of the relay server in Chromium. The first argument is the class path of the examples:
//   mvn -Pbrowser -DskipTests -pl examples -am verify
// Where the variable SCREENSHOTS names a directory, pictures of the pages are left there.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe } from 'node:test';
import {
  browser, check, CONNECT_MS, open, publish, shouldHaveNoTrouble, startServer, toEnd, watch,
} from './support/suite.mjs';
import { until } from './support/time.mjs';

const PATIENCE_MS = 30_000;
const WIDTHS = [1280, 375, 320];
const LONG_NAME = 'gate/north-entrance-of-the-building/camera-0001';

describe('the pages', () => {
  check('lists streams and leads to them', async () => {
    const server = await startServer();
    const page = await open(server, '/');
    await page.getByRole('link', { name: 'demo' }).click();
    await page.getByText('Live', { exact: true }).waitFor({ timeout: CONNECT_MS });
    assert.equal(new URL(page.url()).pathname, '/demo');
    await shouldHaveNoTrouble(server, page);
  });

  check('waits for a stream that is not there yet', async () => {
    const server = await startServer();
    const page = await open(server, '/camera');
    await page.getByText(/Trying again/).waitFor({ timeout: CONNECT_MS });
    await publish(server, 'camera');
    await page.getByText('Live', { exact: true }).waitFor({ timeout: CONNECT_MS });
    await shouldHaveNoTrouble(server, page);
  });

  check('says that the browser has no H.264', async () => {
    const server = await startServer();
    const page = await open(server, '/demo', await contextWithoutH264());
    await page.getByText(/picture cannot be served.*has no H\.264.*Trying again/)
      .waitFor({ timeout: CONNECT_MS });
    await shouldHaveNoTrouble(server, page);
  });

  check('says nothing of H.264 where the stream is of another codec', async () => {
    const server = await startServer();
    const context = await contextWithoutH264();
    await context.route('**/api/streams', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.text()).replaceAll('H264', 'H265') });
    });
    const page = await open(server, '/demo', context);
    const asked = page.waitForResponse('**/api/streams', { timeout: CONNECT_MS });
    await page.getByText(/picture cannot be served.*Trying again/).waitFor({ timeout: CONNECT_MS });
    await asked;
    assert.equal(await page.getByText(/has no H\.264/).count(), 0);
    await shouldHaveNoTrouble(server, page);
  });

  check('says what is wrong with a name', async () => {
    const server = await startServer();
    const page = await open(server, '/u%CC%88ber%20x');
    await page.getByText(/There is no stream of this name/).waitFor({ timeout: CONNECT_MS });
    await page.goto(`${server.url}/%E2%80%AEx`);
    await page.getByText(/U\+202E cannot be seen/).waitFor({ timeout: CONNECT_MS });
    await shouldHaveNoTrouble(server, page);
  });
});

describe('the player', () => {
  check('shows what the browser says of picture, sound and network', async () => {
    const server = await startServer();
    const page = await watch(server, 'demo');
    const shown = async () => (await page.locator('.statistics').innerText()).replace(/\s+/g, ' ');
    for (const figure of [
      /Resolution 640 × 360/, /Codec H\.264/, /Codec Opus/, /Bit rate \d+ kbit\/s/, /Jitter buffer \d+ ms/,
      /Capture to screen \d+ ms/,
      /Freezes \d/, /Round trip \d+ ms/, /NACK sent \d/, /PLI sent \d/, /Concealed \d/,
      /Encryption AES-128-GCM/,
    ]) {
      await until(async () => figure.test(await shown()), PATIENCE_MS, `no ${figure}`);
    }
    await shouldHaveNoTrouble(server, page);
  });

  check('copies the WHEP address and the command for ffmpeg', async () => {
    const server = await startServer();
    const context = await contextOf({ permissions: ['clipboard-read', 'clipboard-write'] });
    const page = await open(server, `/${LONG_NAME}`, context);
    const copied = () => page.evaluate(() => navigator.clipboard.readText());

    await page.getByRole('button', { name: 'Copy the WHEP address' }).click();
    await page.getByText('Copied').waitFor();
    assert.equal(await copied(), `${server.url}/${LONG_NAME}/whep`);
    await page.getByText(`rtsp://127.0.0.1:${server.rtspPort}/${LONG_NAME}`).waitFor();
    await page.getByRole('button', { name: 'Copy the ffmpeg command' }).click();
    await until(async () => (await copied()).endsWith(`rtsp://127.0.0.1:${server.rtspPort}/${LONG_NAME}`),
      PATIENCE_MS, 'the command was not copied');
    await shouldHaveNoTrouble(server, page);
  });

  check('has sound, volume, picture in picture and full screen', async () => {
    const server = await startServer();
    const context = await contextOf();
    await context.addInitScript(() => {
      HTMLVideoElement.prototype.requestPictureInPicture = async () => { window.inPicture = true; };
    });
    const page = await watch(server, 'demo', context);
    const sound = () => page.evaluate(() => {
      const { muted, volume } = document.querySelector('video');
      return muted ? 0 : volume;
    });

    assert.equal(await sound(), 0);
    await page.getByRole('button', { name: 'Sound' }).click();
    assert.equal(await sound(), 1);
    await page.getByLabel('Volume').fill('30');
    assert.equal(await sound(), 0.3);
    await page.getByRole('button', { name: 'Sound', pressed: true }).click();
    assert.equal(await sound(), 0);
    await page.getByRole('button', { name: 'Picture in picture' }).click();
    await page.waitForFunction(() => window.inPicture);
    await page.getByRole('button', { name: 'Full screen' }).click();
    await page.waitForFunction(() => document.fullscreenElement?.tagName === 'VIDEO');
    await shouldHaveNoTrouble(server, page);
  });

  check('takes the iPhone\'s ways to full screen and picture in picture', async () => {
    const server = await startServer();
    const context = await contextOf();
    await context.addInitScript(() => {
      const { prototype } = HTMLVideoElement;
      delete Element.prototype.requestFullscreen;
      delete prototype.requestPictureInPicture;
      delete Document.prototype.pictureInPictureEnabled;
      prototype.webkitEnterFullscreen = () => { window.full = true; };
      prototype.webkitSetPresentationMode = (mode) => { window.mode = mode; };
    });
    const page = await watch(server, 'demo', context);
    assert.ok(await page.evaluate(() => document.querySelector('video').playsInline));
    await page.getByRole('button', { name: 'Full screen' }).click();
    await page.getByRole('button', { name: 'Picture in picture' }).click();
    assert.deepEqual(await page.evaluate(() => [window.full, window.mode]), [true, 'picture-in-picture']);
    await shouldHaveNoTrouble(server, page);
  });

  check('says so when the browser does not start videos by itself', async () => {
    const server = await startServer();
    const context = await contextOf();
    await context.addInitScript(() => {
      const { play } = HTMLMediaElement.prototype;
      let clicked = false;
      addEventListener('click', () => (clicked = true), { capture: true });
      HTMLMediaElement.prototype.play = function () {
        return clicked ? play.call(this) : Promise.reject(new DOMException('refused', 'NotAllowedError'));
      };
    });
    const page = await open(server, '/demo', context);
    const notice = page.getByText('The browser does not start videos by itself here.');
    await notice.waitFor({ timeout: CONNECT_MS });
    await page.getByRole('button', { name: 'Play' }).click();
    await notice.waitFor({ state: 'hidden', timeout: CONNECT_MS });
    await shouldHaveNoTrouble(server, page);
  });

  for (const [how, end, words] of [
    ['ends', (server) => server.stop(), 'The server ended the session.'],
    ['vanishes', (server) => server.kill(), 'The server does not answer.'],
  ]) {
    check(`notices that the server ${how} before the connection is given up`, async () => {
      const server = await startServer();
      const page = await watch(server, 'demo');
      await page.evaluate(() => {
        const notice = document.querySelector('[data-field="notice"]');
        window.notices = [];
        new MutationObserver(() => window.notices.push(notice.textContent))
          .observe(notice, { childList: true, characterData: true, subtree: true });
      });
      await end(server);
      await page.waitForFunction(() => window.notices.some((text) => /Trying again/.test(text)));
      const first = await page.evaluate(() => window.notices.find((text) => /Trying again/.test(text)));
      assert.equal(first, `${words} Trying again…`);
      await shouldHaveNoTrouble(server, page);
    });
  }
});

describe('the dashboard', () => {
  check('shows figures of streams and viewers and ends both', async () => {
    const server = await startServer();
    await publish(server, 'camera', { size: '320x180' });
    const player = await watch(server, 'camera');
    const page = await open(server, '/dashboard');

    await page.getByRole('link', { name: 'camera' }).click();
    const row = (list, text) => page.locator(`[data-field="${list}"] > li`).filter({ hasText: text });
    await row('streams', 'camera').getByText(/Out\s*[\d.]+ [kM]bit\/s/).waitFor({ timeout: PATIENCE_MS });
    await row('tracks', 'H.264').getByText(/Packets\s*\d/).waitFor();
    await row('viewers', 'Connected').getByText(/Encryption\s*AES-128-GCM/).waitFor();
    const drawn = page.locator('.chart').filter({ hasText: 'Bit rate' }).locator('path.line').first();
    await until(async () => /^M.*L/.test(await drawn.getAttribute('d')), PATIENCE_MS, 'no line');

    await page.getByRole('button', { name: 'End the viewer' }).click();
    await page.getByText(/Closed by host\s*1/).waitFor({ timeout: PATIENCE_MS });
    await until(async () => (await player.evaluate(() => window.peers.length)) > 1, PATIENCE_MS,
      'the player did not come back');
    await row('streams', 'camera').getByRole('button', { name: 'End the publisher' }).click();
    await until(async () => (await server.streams()).every(({ name, live }) => name !== 'camera' || !live),
      PATIENCE_MS, 'the publisher was not ended');
    await shouldHaveNoTrouble(server, page);
  });

  check('is not told what to do by pages of other origins', async () => {
    const server = await startServer();
    const other = await startServer();
    const page = await open(other, '/');
    const outcome = await page.evaluate(async (api) => {
      const answers = [];
      for (const [method, path] of [['DELETE', 'publishers?stream=demo'], ['GET', 'statistics']]) {
        answers.push(await fetch(`${api}/${path}`, { method, mode: 'cors' }).then(() => 'done', () => 'no'));
      }
      return answers;
    }, `${server.url}/api`);
    assert.deepEqual(outcome, ['no', 'no']);
    assert.ok((await server.streams()).some(({ name, live }) => name === 'demo' && live));
  });
});

describe('every page', () => {
  for (const width of WIDTHS) {
    check(`fits a screen of ${width} pixels and breaks no words`, async () => {
      const server = await startServer();
      await publish(server, LONG_NAME, { size: '320x180' });
      for (const [name, path] of [
        ['list', '/'], ['player', `/${LONG_NAME}`],
        ['dashboard', `/dashboard#${new URLSearchParams({ stream: LONG_NAME })}`],
      ]) {
        const context = await contextOf({ colorScheme: width > 1_000 ? 'light' : 'dark' });
        const page = await open(server, path, context);
        await page.setViewportSize({ width, height: 800 });
        await page.getByText('Live', { exact: true }).first().waitFor({ timeout: CONNECT_MS });
        await screenshot(page, `${name}-${width}`);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= width, name);
        assert.deepEqual(await page.evaluate(brokenWords), [], name);
        await shouldHaveNoTrouble(server, page);
      }
    });
  }
});

async function contextWithoutH264() {
  const context = await contextOf();
  await context.addInitScript(() => {
    const { getCapabilities } = RTCRtpReceiver;
    RTCRtpReceiver.getCapabilities = (kind) => ({
      codecs: getCapabilities.call(RTCRtpReceiver, kind)
        .codecs.filter(({ mimeType }) => mimeType !== 'video/H264'),
    });
  });
  await context.route('**/whep', (route) =>
    route.continue({ postData: route.request().postData().replaceAll('H264', 'X264') }));
  return context;
}

async function contextOf(options) {
  const context = await browser.newContext(options);
  toEnd(() => context.close());
  return context;
}

async function screenshot(page, name) {
  if (process.env.SCREENSHOTS) {
    await page.screenshot({ path: join(process.env.SCREENSHOTS, `${name}.png`), fullPage: true });
  }
}

/** Words that stand on two lines; what may be broken is between spaces, slashes and hyphens. */
function brokenWords() {
  const broken = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { currentNode: text } = texts;
    if (text.parentElement.closest('pre, script, noscript, template')) {
      continue;
    }
    for (const { 0: word, index } of text.data.matchAll(/[^\s\/-]+/g)) {
      const range = document.createRange();
      range.setStart(text, index);
      range.setEnd(text, index + word.length);
      if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) {
        broken.push(word);
      }
    }
  }
  return broken;
}
