import { fields, getJson, makeCopyable, publishCommand, REFRESH_MS, show } from './dom.js';
import { Statistics } from './statistics.js';
import { WhepPlayer } from './whep.js';

const STATES = { connecting: 'Connecting', waiting: 'Waiting', stopped: 'Stopped' };

/** The player of one stream. */
export function showPlayer(stream) {
  document.title = `${stream} – Sluice`;
  const view = show('player-view');
  const { name, state, video, notice, play, whep, command } = fields(view);
  const endpoint = `${location.pathname.replace(/\/$/, '')}/whep`;
  name.textContent = stream;
  whep.textContent = new URL(endpoint, location.href).href;
  makeCopyable(view, { whep, command });
  controlVideo(view, video);

  const player = new WhepPlayer(endpoint, video);
  const statistics = new Statistics(view);
  let refused = false;
  let codecs = [];

  async function ask() {
    const { rtspPort, streams } = await getJson('/api/streams');
    command.textContent = publishCommand(rtspPort, stream);
    codecs = streams.find(({ name }) => name === stream.normalize())?.codecs ?? [];
    update();
  }

  function isSilent() {
    return player.state === 'connected' && statistics.silent;
  }

  function update() {
    const silent = isSilent();
    state.textContent = STATES[player.state] ?? (silent ? 'No media' : 'Live');
    state.classList.toggle('good', player.state === 'connected' && !silent);
    play.hidden = !refused;
    notice.textContent =
      player.detail ? `${sentence(player.detail)} ${advice(codecs)}Trying again…`
      : refused ? 'The browser does not start videos by itself here.'
      : silent ? 'Connected. The source sends nothing at the moment.'
      : '';
  }

  async function begin() {
    try {
      await video.play();
      refused = false;
    } catch (error) {
      refused = error.name === 'NotAllowedError';
    }
    update();
  }

  player.addEventListener('statechange', () => {
    if (player.state === 'connected') {
      begin();
    } else {
      statistics.read(null);
    }
    if (player.state === 'waiting') {
      ask().catch(() => {});
    }
    update();
  });
  play.addEventListener('click', begin);

  async function look() {
    try {
      statistics.read(await player.stats(), player.captureDelay());
      update();
      if (isSilent() && !(await answers()) && isSilent()) {
        player.reconnect('the server does not answer');
      }
    } finally {
      setTimeout(look, REFRESH_MS);
    }
  }

  addEventListener('pagehide', () => player.stop());
  addEventListener('pageshow', () => player.start());
  player.start();
  ask().catch(() => {});
  look();
}

/** Whether the server is there: it may have gone without a word. */
async function answers() {
  try {
    await getJson('/api/streams');
    return true;
  } catch {
    return false;
  }
}

function controlVideo(view, video) {
  const { sound, volume, picture, fullscreen } = fields(view);
  sound.addEventListener('click', () => (video.muted = !video.muted));
  volume.addEventListener('input', () => {
    video.muted = volume.value === '0';
    video.volume = video.muted ? video.volume : volume.value / 100;
  });
  video.addEventListener('volumechange', () => {
    sound.setAttribute('aria-pressed', String(!video.muted));
    volume.value = video.muted ? 0 : Math.round(video.volume * 100);
  });
  volume.hidden = !hasVolume(video);
  picture.hidden = !document.pictureInPictureEnabled && !video.webkitSetPresentationMode;
  picture.addEventListener('click', () => togglePictureInPicture(video).catch(() => {}));
  fullscreen.addEventListener('click', () => enterFullscreen(video).catch(() => {}));
}

/** On an iPhone only its own buttons change the volume. */
function hasVolume(video) {
  video.volume = 0.5;
  const changed = video.volume === 0.5;
  video.volume = 1;
  return changed;
}

/** Browsers of the iPhone have ways of their own, and refuse both before there is a picture. */
async function togglePictureInPicture(video) {
  if (!video.requestPictureInPicture) {
    const inside = video.webkitPresentationMode === 'picture-in-picture';
    video.webkitSetPresentationMode(inside ? 'inline' : 'picture-in-picture');
  } else if (document.pictureInPictureElement) {
    await document.exitPictureInPicture();
  } else {
    await video.requestPictureInPicture();
  }
}

async function enterFullscreen(video) {
  if (video.requestFullscreen) {
    await video.requestFullscreen();
  } else {
    video.webkitEnterFullscreen();
  }
}

/** Not every build of every browser has H.264; some fetch it after they started. */
function advice(codecs) {
  const own = RTCRtpReceiver.getCapabilities?.('video')?.codecs;
  const playsH264 = !own || own.some(({ mimeType }) => /^video\/h264$/i.test(mimeType));
  return playsH264 || !codecs.includes('H264') ? '' : 'This browser has no H.264 for WebRTC; others play it. ';
}

function sentence(text) {
  return text ? `${text[0].toUpperCase()}${text.slice(1).replace(/\.?$/, '.')}` : '';
}
