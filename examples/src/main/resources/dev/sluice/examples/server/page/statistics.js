import { bitRate, codecName } from './dom.js';

const LONGEST_DELAY_MS = 60_000;

/** Shows what the browser's statistics say; rates are those since the reading before. */
export class Statistics {
  #cells;
  #before = null;

  /** whether nothing came since the reading before */
  silent = false;

  constructor(view) {
    this.#cells = view.querySelectorAll('[data-figure]');
  }

  /** Takes a report, and the milliseconds from capture to display as far as they are known. */
  read(report, captureDelay = NaN) {
    const now = report ? select(report) : null;
    const before = this.#before?.main?.id === now?.main?.id ? this.#before : null;
    this.#before = now;
    this.silent = Boolean(now?.main && before && progress(now.main) === progress(before.main));
    const figures = now?.main ? { ...describe(now, before), captureDelay: plausible(captureDelay) } : {};
    for (const cell of this.#cells) {
      cell.textContent = figures[cell.dataset.figure] ?? '–';
    }
  }
}

function select(report) {
  const entries = [...report.values()];
  const inbound = (kind) =>
    entries.find((entry) => entry.type === 'inbound-rtp' && entry.kind === kind);
  const transport = entries.find(({ type }) => type === 'transport');
  const pair = report.get(transport?.selectedCandidatePairId)
    ?? entries.find((entry) => entry.type === 'candidate-pair' && entry.nominated);
  const video = inbound('video');
  const audio = inbound('audio');
  return {
    video, audio, transport, pair, main: video ?? audio,
    videoCodec: codec(report, video), audioCodec: codec(report, audio),
  };
}

/** what grows while media comes */
function progress({ kind, framesDecoded, packetsReceived }) {
  return kind === 'video' ? framesDecoded : packetsReceived;
}

function codec(report, { codecId } = {}) {
  return codecName(report.get(codecId)?.mimeType.replace(/^.*\//, ''));
}

function describe({ video = {}, audio, transport, pair, videoCodec, audioCodec }, before) {
  return {
    resolution: video.frameWidth && `${video.frameWidth} × ${video.frameHeight}`,
    fps: each(rate(video, before?.video, 'framesDecoded'), (value) => value.toFixed(0)),
    videoCodec,
    videoBitRate: bits(video, before?.video),
    framesDecoded: video.framesDecoded,
    framesDropped: video.framesDropped,
    freezes: freezes(video),
    videoBuffer: buffered(video, before?.video),
    pli: video.pliCount,
    audioCodec,
    audioBitRate: bits(audio, before?.audio),
    audioBuffer: buffered(audio, before?.audio),
    audioLost: audio?.packetsLost,
    concealed: concealed(audio),
    packetsLost: video.packetsLost,
    nack: video.nackCount,
    retransmitted: video.retransmittedPacketsReceived,
    jitter: milliseconds(video.jitter),
    roundTrip: milliseconds(pair?.currentRoundTripTime),
    encryption: transport?.srtpCipher?.replace(/^SRTP_(AEAD_)?/, '').replaceAll('_', '-'),
  };
}

function each(value, format) {
  return Number.isFinite(value) ? format(value) : undefined;
}

function rate(now, before, field) {
  return (now?.[field] - before?.[field]) / (now?.timestamp - before?.timestamp) * 1_000;
}

function bits(now, before) {
  return each(rate(now, before, 'bytesReceived') * 8, bitRate);
}

function milliseconds(seconds) {
  return each(seconds, (value) => `${(value * 1_000).toFixed(0)} ms`);
}

/** clocks that do not agree tell nothing */
function plausible(delay) {
  return delay >= 0 && delay < LONGEST_DELAY_MS ? milliseconds(delay / 1_000) : undefined;
}

/** what media waited for on average since the reading before */
function buffered(now, before) {
  return milliseconds((now?.jitterBufferDelay - before?.jitterBufferDelay)
    / (now?.jitterBufferEmittedCount - before?.jitterBufferEmittedCount));
}

function freezes({ freezeCount, totalFreezesDuration }) {
  return freezeCount ? `${freezeCount}, ${totalFreezesDuration.toFixed(1)} s` : freezeCount;
}

function concealed(audio) {
  return each(audio?.concealedSamples / audio?.totalSamplesReceived * 100,
    (share) => `${share.toFixed(1)} %`);
}
