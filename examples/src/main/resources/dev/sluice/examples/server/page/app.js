import { showPublisher } from './publish.js';
import { WhepPlayer } from './whep.js';

const REFRESH_MS = 1_000;
const CODECS = { H264: 'H.264', OPUS: 'Opus' };

function showList() {
  const { message, streams, command } = fields(show('list-view'));
  let shown = '';

  async function refresh() {
    try {
      const text = await (await fetch('/api/streams', { cache: 'no-store' })).text();
      if (text !== shown) {
        shown = text;
        render(JSON.parse(text));
      }
    } catch {
      shown = '';
      message.textContent = 'The server does not answer. Trying again…';
    }
    setTimeout(refresh, REFRESH_MS);
  }

  function render({ rtspPort, streams: list }) {
    command.textContent =
      'ffmpeg -re -i FILE -c:v libx264 -profile:v baseline -tune zerolatency -g 60 -c:a libopus \\\n'
      + `  -f rtsp rtsp://${location.hostname}:${rtspPort}/mystream`;
    message.textContent = list.length ? '' : 'Nobody publishes at the moment.';
    streams.replaceChildren(...list.map(item));
  }

  function item(stream) {
    const element = fromTemplate('list-item');
    const { link, name, tracks, viewers, live } = fields(element);
    link.href = '/' + stream.name.split('/').map(encodeURIComponent).join('/');
    name.textContent = stream.name;
    tracks.textContent = stream.codecs.map((codec) => CODECS[codec] ?? codec).join(' + ');
    viewers.textContent = stream.viewers === 1 ? '1 viewer' : `${stream.viewers} viewers`;
    live.textContent = stream.live ? 'Live' : 'Waiting';
    live.classList.toggle('good', stream.live);
    return element;
  }

  refresh();
}

function showPlayer(stream) {
  document.title = `${stream} – Sluice`;
  const view = show('player-view');
  const { name, state, video, notice, sound, fullscreen } = fields(view);
  name.textContent = stream;

  const player = new WhepPlayer(`${location.pathname.replace(/\/$/, '')}/whep`, video);
  const meter = new Meter(view);

  function update() {
    const silent = player.state === 'connected' && meter.silent;
    state.textContent =
      { connecting: 'Connecting', waiting: 'Waiting', stopped: 'Stopped' }[player.state]
      ?? (silent ? 'No media' : 'Live');
    state.classList.toggle('good', player.state === 'connected' && !silent);
    notice.textContent =
      player.state === 'waiting' ? `${sentence(player.detail)} ${advice()}Trying again…`
      : silent ? 'Connected. The source sends nothing at the moment.'
      : '';
  }

  player.addEventListener('statechange', update);
  setInterval(async () => {
    meter.read(await player.stats());
    update();
  }, REFRESH_MS);

  sound.addEventListener('click', () => {
    video.muted = !video.muted;
    sound.setAttribute('aria-pressed', String(!video.muted));
  });
  fullscreen.addEventListener('click', () => video.requestFullscreen());
  addEventListener('pagehide', () => player.stop());
  addEventListener('pageshow', () => player.start());
  player.start();
}

/** Shows what the statistics say, once a second. */
class Meter {
  #cells;
  #before = null;
  silent = false;

  constructor(view) {
    this.#cells = view.querySelectorAll('[data-figure]');
  }

  read(report) {
    const stats = report ? [...report.values()] : [];
    const video = stats.find((entry) => entry.type === 'inbound-rtp' && entry.kind === 'video');
    const transport = stats.find((entry) => entry.type === 'transport');
    const before = this.#before?.id === video?.id ? this.#before : null;
    this.#before = video;
    this.silent = Boolean(before && video.framesDecoded === before.framesDecoded);
    const figures = video ? read(video, before, transport) : {};
    for (const cell of this.#cells) {
      cell.textContent = figures[cell.dataset.figure] ?? '–';
    }
  }
}

function read(video, before, transport) {
  const seconds = before ? (video.timestamp - before.timestamp) / 1_000 : 0;
  const rate = (field) => (video[field] - before[field]) / seconds;
  return {
    resolution: video.frameWidth && `${video.frameWidth} × ${video.frameHeight}`,
    fps: seconds > 0 ? rate('framesDecoded').toFixed(0) : undefined,
    bitrate: seconds > 0 ? `${(rate('bytesReceived') * 8 / 1_000).toFixed(0)} kbit/s` : undefined,
    framesDecoded: video.framesDecoded,
    packetsLost: video.packetsLost,
    encryption: transport?.srtpCipher?.replace(/^SRTP_/, ''),
  };
}

/** Streams are H.264, which not every build of every browser has; some fetch it after they started. */
function advice() {
  const codecs = RTCRtpReceiver.getCapabilities?.('video')?.codecs;
  const playsH264 = !codecs || codecs.some(({ mimeType }) => /^video\/h264$/i.test(mimeType));
  return playsH264 ? '' : 'This browser has no H.264 for WebRTC; others play it. ';
}

function sentence(text) {
  return text ? `${text[0].toUpperCase()}${text.slice(1).replace(/\.?$/, '.')}` : '';
}

function show(templateId) {
  const view = fromTemplate(templateId);
  document.body.append(view);
  return view;
}

function fromTemplate(id) {
  return document.getElementById(id).content.cloneNode(true).firstElementChild;
}

function fields(element) {
  return Object.fromEntries(
    [...element.querySelectorAll('[data-field]')].map((field) => [field.dataset.field, field]));
}

const streamName = decodeURIComponent(location.pathname).replace(/^\/|\/$/g, '');
const publishes = new URLSearchParams(location.search).has('publish');
if (streamName && publishes) {
  showPublisher(streamName, fields(show('publish-view')));
} else if (streamName) {
  showPlayer(streamName);
} else {
  showList();
}
