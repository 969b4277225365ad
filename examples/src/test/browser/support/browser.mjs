import { chromium } from 'playwright-core';

const EXECUTABLE = process.env.CHROMIUM ?? '/usr/bin/chromium';
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const LOOPBACK = '--allow-loopback-in-peer-connection';
const NO_UDP = '--webrtc-ip-handling-policy=disable_non_proxied_udp';

/** A Chromium of its own process and profile, with a handle to kill it. */
export async function launchServer() {
  return chromium.launchServer({ executablePath: EXECUTABLE, args: [...ARGS, LOOPBACK], headless: true });
}

/** As users have it, the loopback interface is not used for media; without UDP there is TCP only. */
export async function launch({ loopback = true, udp = true } = {}) {
  const args = [...ARGS, ...(loopback ? [LOOPBACK] : []), ...(udp ? [] : [NO_UDP])];
  return chromium.launch({ executablePath: EXECUTABLE, args, headless: true });
}

/** Opens a page whose peer connections are kept in window.peers, the newest last. */
export async function openPage(browser, url) {
  const page = await browser.newPage({ viewport: { width: 1_000, height: 860 } });
  page.errors = [];
  page.on('pageerror', (error) => page.errors.push(String(error)));
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) {
      page.errors.push(message.text());
    }
  });
  await page.addInitScript(() => {
    const Original = window.RTCPeerConnection;
    window.peers = [];
    window.RTCPeerConnection = class extends Original {
      constructor(...args) {
        super(...args);
        window.peers.push(this);
      }
    };
  });
  await page.goto(url);
  return page;
}

/** What the newest peer connection's statistics say. */
export async function figures(page) {
  return page.evaluate(async () => {
    const report = [...(await window.peers.at(-1).getStats()).values()];
    const inbound = (kind) =>
      report.find((entry) => entry.type === 'inbound-rtp' && entry.kind === kind) ?? {};
    const video = inbound('video');
    const audio = inbound('audio');
    const transport = report.find((entry) => entry.type === 'transport') ?? {};
    const pair = report.find(({ id }) => id === transport.selectedCandidatePairId) ?? {};
    const codec = report.find(({ id }) => id === video.codecId) ?? {};
    return {
      at: video.timestamp,
      framesReceived: video.framesReceived ?? 0,
      framesDecoded: video.framesDecoded ?? 0,
      keyFramesDecoded: video.keyFramesDecoded ?? 0,
      framesDropped: video.framesDropped ?? 0,
      freezeCount: video.freezeCount ?? 0,
      packetsLost: video.packetsLost ?? 0,
      nackCount: video.nackCount ?? 0,
      width: video.frameWidth,
      codec: codec.mimeType,
      audioPackets: audio.packetsReceived ?? 0,
      audioPacketsLost: audio.packetsLost ?? 0,
      audioEnergy: audio.totalAudioEnergy ?? 0,
      dtlsState: transport.dtlsState,
      srtpCipher: transport.srtpCipher,
      protocol: report.find(({ id }) => id === pair.remoteCandidateId)?.protocol,
    };
  });
}

/** The variance of the brightness (0 to 255) of the picture shown at this moment. */
export async function pictureVariance(page) {
  return page.evaluate(() => {
    const canvas = document.createElement('canvas');
    canvas.width = 64;
    canvas.height = 36;
    const context = canvas.getContext('2d');
    context.drawImage(document.querySelector('video'), 0, 0, canvas.width, canvas.height);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    const brightness = [];
    for (let i = 0; i < data.length; i += 4) {
      brightness.push((data[i] + data[i + 1] + data[i + 2]) / 3);
    }
    const mean = brightness.reduce((sum, value) => sum + value, 0) / brightness.length;
    return brightness.reduce((sum, value) => sum + (value - mean) ** 2, 0) / brightness.length;
  });
}
