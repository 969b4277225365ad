// Publishes from this browser: a camera, the screen, or a test picture with a tone.

import { WhipPublisher } from './whip.js';

const WIDTH = 640;
const HEIGHT = 360;
const FRAME_RATE = 30;
const TONE_HZ = 440;
const TONE_GAIN = 0.1;

const SOURCES = {
  camera: () => navigator.mediaDevices.getUserMedia({ video: true, audio: true }),
  screen: () => navigator.mediaDevices.getDisplayMedia({ video: true, audio: true }),
  test: testPicture,
};

/** Fills the view whose fields these are. */
export function showPublisher(stream, { name, state, video, notice, source, codec, publish, watch }) {
  document.title = `Publish ${stream} – Sluice`;
  name.textContent = stream;
  watch.href = location.pathname;

  const publisher = new WhipPublisher(`${location.pathname.replace(/\/$/, '')}/whip`);
  publisher.addEventListener('statechange', () => {
    const stopped = publisher.state === 'stopped';
    state.textContent = { connecting: 'Connecting', connected: 'Live' }[publisher.state] ?? 'Stopped';
    state.classList.toggle('good', publisher.state === 'connected');
    notice.textContent = publisher.detail;
    publish.textContent = stopped ? 'Publish' : 'Stop';
    source.disabled = codec.disabled = !stopped;
    if (stopped) {
      video.srcObject?.getTracks().forEach((track) => track.stop());
    }
  });
  publish.addEventListener('click', async () => {
    if (publisher.state !== 'stopped') {
      publisher.stop();
      return;
    }
    try {
      video.srcObject = await SOURCES[source.value]();
    } catch (error) {
      notice.textContent = error.message;
      return;
    }
    await publisher.start(video.srcObject, codec.value || null);
  });
  addEventListener('pagehide', () => publisher.stop());
}

/** Bars that move, the time, and a tone. */
async function testPicture() {
  const canvas = Object.assign(document.createElement('canvas'), { width: WIDTH, height: HEIGHT });
  const context = canvas.getContext('2d');
  const draw = () => {
    const now = performance.now();
    for (let x = 0; x < WIDTH; x += 20) {
      context.fillStyle = `hsl(${(x + now / 10) % 360} 80% 50%)`;
      context.fillRect(x, 0, 20, HEIGHT);
    }
    context.fillStyle = 'black';
    context.font = '48px monospace';
    context.fillText((now / 1_000).toFixed(2), 20, 60);
  };
  draw();
  const media = canvas.captureStream(FRAME_RATE);
  const timer = setInterval(draw, 1_000 / FRAME_RATE);

  const audio = new AudioContext();
  await audio.resume();
  const output = audio.createMediaStreamDestination();
  const tone = new OscillatorNode(audio, { frequency: TONE_HZ });
  tone.connect(new GainNode(audio, { gain: TONE_GAIN })).connect(output);
  tone.start();
  media.addTrack(output.stream.getAudioTracks()[0]);

  const [picture] = media.getVideoTracks();
  const { stop } = picture;
  picture.stop = () => {
    clearInterval(timer);
    audio.close();
    stop.call(picture);
  };
  return media;
}
