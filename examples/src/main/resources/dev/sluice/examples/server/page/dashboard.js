import { Chart } from './chart.js';
import {
  bitRate, codecName, fields, fromTemplate, getJson, plural, REFRESH_MS, streamPath,
} from './dom.js';

const MEGABYTE = 1 << 20;

/** what the relay says of a link that has shown no limit */
const UNLIMITED = 1e9;
const page = fields(document.querySelector('main'));
const perSecond = (value) => `${value < 10 ? +value.toFixed(1) : value.toFixed(0)}/s`;
const whole = (value) => value.toFixed(0);
const sum = (items, get) => items.reduce((total, item) => total + get(item), 0);
const tracksOf = ({ streams }) => streams.flatMap(({ tracks }) => tracks);

/** What is drawn: a title, its lines, how values read, and how two snapshots make them. */
const CHARTS = [
  ['Viewers and streams', ['Viewers', 'Live streams'], whole,
    (now) => [now.engine.viewers, now.streams.filter(({ live }) => live).length]],
  ['Bit rate', ['Out', 'In'], bitRate,
    (now, before) => [
      8 * rate(now, before, ({ engine }) => engine.bytes),
      8 * rate(now, before, (at) => sum(tracksOf(at), ({ bytes }) => bytes)),
    ]],
  ['CPU of the process', ['Of one core'], (value) => `${value.toFixed(1)} %`,
    (now, before) => [rate(now, before, ({ process }) => process.cpuMillis) / 10]],
  ['Heap of the process', ['In use'], (value) => `${value.toFixed(0)} MB`,
    ({ process }) => [process.heapUsed / MEGABYTE]],
  ['Packets lost', ['To viewers', 'From publishers'], perSecond,
    (now, before) => [
      rate(now, before, ({ traffic }) => traffic.lost),
      rate(now, before, (at) => sum(tracksOf(at), ({ lost }) => lost)),
    ]],
  ['Retransmissions', ['Asked for', 'Sent'], perSecond,
    (now, before) => [
      rate(now, before, ({ traffic }) => traffic.requested),
      rate(now, before, ({ traffic }) => traffic.resent),
    ]],
  ['Joins and disconnects', ['Joined', 'Gone'], whole,
    ({ sessions }) => [sessions.joins, sum(Object.values(sessions.disconnects), (count) => count)]],
  ['Keyframe requests', ['Of viewers'], perSecond,
    (now, before) => [rate(now, before, ({ traffic }) => traffic.keyframeRequests)]],
].map(([title, names, format, read]) => ({ chart: new Chart(title, names, format), read }));

/** A second's growth of a total; totals of what is gone do not count as negative. */
function rate(now, before, get) {
  return before ? Math.max(0, get(now) - get(before)) / (now.millis - before.millis) * 1_000 : NaN;
}

/** List items that stay the same elements as long as their key is there. */
class Rows {
  #list;
  #rows = new Map();

  constructor(list) {
    this.#list = list;
  }

  show(items, keyOf, fill) {
    const keys = new Set(items.map(keyOf));
    for (const [key, row] of this.#rows) {
      if (!keys.has(key)) {
        row.remove();
        this.#rows.delete(key);
      }
    }
    items.forEach((item, index) => {
      const row = this.#row(keyOf(item));
      fill(fields(row), item);
      if (this.#list.children[index] !== row) {
        this.#list.insertBefore(row, this.#list.children[index] ?? null);
      }
    });
  }

  #row(key) {
    if (!this.#rows.has(key)) {
      this.#rows.set(key, fromTemplate('row'));
    }
    return this.#rows.get(key);
  }
}

const streamRows = new Rows(page.streams);
const trackRows = new Rows(page.tracks);
const viewerRows = new Rows(page.viewers);
let before = null;

function selected() {
  return new URLSearchParams(location.hash.slice(1)).get('stream');
}

async function refresh() {
  const stream = selected();
  const query = stream === null ? '' : `?${new URLSearchParams({ stream })}`;
  try {
    const now = await getJson(`/api/statistics${query}`);
    setState('Live', true);
    render(now, before, stream);
    before = now;
  } catch ({ status }) {
    setState(status === 403 ? 'Open it by the server\'s IP address' : 'The server does not answer', false);
    before = null;
  }
}

function setState(text, good) {
  page.state.textContent = text;
  page.state.classList.toggle('good', good);
}

function render(now, last, stream) {
  for (const { chart, read } of CHARTS) {
    chart.add(read(now, last));
  }
  const { transport, segmenting, eventLoops, sendErrors } = now.engine;
  page.engine.textContent = `${transport}, ${plural(eventLoops, 'event loop')}, `
    + `${segmenting ? 'with' : 'without'} segmentation offload, ${plural(sendErrors, 'send error')}`;
  const reasons = Object.entries(now.sessions.disconnects);
  page.nobody.hidden = reasons.length > 0;
  showFigures(page.reasons, reasons.map(([reason, count]) => [inWords(reason), count]));
  page.none.textContent = now.streams.length ? '' : 'Nobody publishes at the moment.';
  const earlier = new Map(last?.streams.map((each) => [each.name, each]));
  streamRows.show(now.streams, ({ name }) => name,
    (row, each) => fillStream(row, each, { now, last, earlier: earlier.get(each.name) }));
  renderDetail(now, last, stream);
}

function renderDetail(now, last, name) {
  const stream = now.streams.find((each) => each.name === name);
  page.detail.hidden = !stream;
  if (!stream) {
    return;
  }
  page.detailTitle.textContent = `Stream ${name}`;
  page.player.href = streamPath(name);
  trackRows.show(stream.tracks.map((track, index) => ({ track, index })), ({ index }) => index,
    (row, { track, index }) => fillTrack(row, track, (get) =>
      rate(now, last, ({ streams }) =>
        get(streams.find((each) => each.name === name)?.tracks[index] ?? track))));
  page.unwatched.hidden = now.viewers.length > 0;
  const earlier = new Map(last?.viewers.map((each) => [each.tag, each]));
  viewerRows.show(now.viewers, ({ tag }) => tag,
    (row, viewer) => fillViewer(row, viewer,
      { now, last, earlier: earlier.get(viewer.tag), renditions: stream.renditions }));
}

function fillStream(row, stream, { now, last, earlier }) {
  const { link, state, end, figures } = row;
  link.textContent = stream.name;
  link.href = `#${new URLSearchParams({ stream: stream.name })}`;
  state.textContent = stream.live ? 'Live' : 'Waiting';
  state.classList.toggle('good', stream.live);
  offerEnd(end, 'End the publisher',
    stream.live && `/api/publishers?${new URLSearchParams({ stream: stream.name })}`);
  const growth = (get) => (earlier ? rate(now, last, (at) => get(at === now ? stream : earlier)) : NaN);
  showFigures(figures, [
    ['Viewers', stream.viewers],
    ['In', orDash(8 * growth(({ tracks }) => sum(tracks, ({ bytes }) => bytes)), bitRate)],
    ['Out', orDash(8 * growth(({ traffic }) => traffic.bytes), bitRate)],
    ['Packets lost', stream.traffic.lost],
    ['Sent again', stream.traffic.resent],
    ['Keyframe requests', stream.traffic.keyframeRequests],
  ]);
}

function fillTrack({ link, state, end, figures }, track, growth) {
  link.textContent = codecName(track.codec);
  state.hidden = end.hidden = true;
  showFigures(figures, [
    ['Bit rate in', orDash(8 * growth(({ bytes }) => bytes), bitRate)],
    ['Packets', track.packets],
    ['Lost before it came', track.lost],
    ['Malformed', track.malformed],
    ['Keyframes', track.keyframes],
    ['Newest keyframe', orDash(track.keyframeAgeMillis, (age) => `${(age / 1_000).toFixed(1)} s old`)],
    ['Viewers waiting', track.viewersWaiting],
    ['Log', `${(track.logBytes / 1_024).toFixed(0)} KB`],
  ]);
}

function fillViewer({ link, state, choose, end, figures }, viewer, { now, last, earlier, renditions }) {
  const { traffic } = viewer;
  link.textContent = viewer.address ?? viewer.tag;
  link.title = viewer.userAgent ?? '';
  state.textContent = viewer.connected ? 'Connected' : 'Connecting';
  state.classList.toggle('good', viewer.connected);
  offerEnd(end, 'End the viewer', `/api/viewers?${new URLSearchParams({ tag: viewer.tag })}`);
  offerChoice(choose, viewer.tag, renditions);
  const bytes = earlier ? rate(now, last, (at) => (at === now ? viewer : earlier).traffic.bytes) : NaN;
  showFigures(figures, [
    ['In the log as', viewer.tag],
    ['Since', new Date(viewer.startedAtMillis).toLocaleTimeString()],
    ['Out', orDash(8 * bytes, bitRate)],
    ['Packets', traffic.packets],
    ['Packets lost', traffic.lost],
    ['Round trip', orDash(viewer.roundTripMillis, (time) => `${time.toFixed(1)} ms`)],
    ['Asked for again', traffic.requested],
    ['Sent again', traffic.resent],
    ['Keyframe requests', traffic.keyframeRequests],
    ['Fell behind', viewer.resynchronisations],
    ['Encoding', viewer.rendition ?? '–'],
    ['Link', viewer.estimatedBitrate < 0 || viewer.estimatedBitrate >= UNLIMITED ? '–' : bitRate(viewer.estimatedBitrate)],
    ['Pictures left out', `${viewer.withheld}${viewer.thinned ? ', at present' : ''}`],
    ['Behind live', `${viewer.behindMillis} ms`],
    ['Encryption', viewer.srtp?.replace(/^AEAD_/, '').replaceAll('_', '-') ?? '–'],
  ]);
}

function orDash(value, format) {
  return Number.isFinite(value) ? format(value) : '–';
}

function inWords(constant) {
  const words = constant.toLowerCase().replaceAll('_', ' ');
  return words[0].toUpperCase() + words.slice(1);
}

/** Shows pairs of label and value; elements stay as long as the labels do. */
function showFigures(list, pairs) {
  const labels = pairs.map(([label]) => label).join();
  if (list.dataset.labels !== labels) {
    list.dataset.labels = labels;
    list.replaceChildren(...pairs.map(([label]) => {
      const group = document.createElement('div');
      const term = group.appendChild(document.createElement('dt'));
      group.append(document.createElement('dd'));
      term.textContent = label;
      return group;
    }));
  }
  pairs.forEach(([, value], index) => (list.children[index].lastChild.textContent = value));
}

function offerEnd(button, label, path) {
  button.textContent = label;
  button.hidden = !path;
  button.dataset.end = path || '';
}

/** Offers the encodings of the picture, where there are several. */
function offerChoice(select, tag, renditions) {
  const labels = renditions.join();
  select.hidden = renditions.length < 2;
  if (select.dataset.labels !== labels) {
    const chosen = select.value;
    const offered = chosen && !renditions.includes(chosen) ? [...renditions, chosen] : renditions;
    select.dataset.labels = labels;
    select.dataset.tag = tag;
    select.replaceChildren(new Option('By its link', ''), ...offered.map((id) => new Option(id, id)));
    select.value = chosen;
  }
}

async function request(method, path) {
  const response = await fetch(path, { method }).catch(() => null);
  page.message.textContent = response?.ok ? ''
    : response?.status === 404 ? 'It is gone already.'
    : response?.status === 403 ? 'The server takes this from its own address alone.'
    : 'The server does not answer.';
  refresh();
}

document.addEventListener('change', ({ target }) => {
  if (target.dataset.tag) {
    request('PUT', `/api/viewers/rendition?${new URLSearchParams({ tag: target.dataset.tag, id: target.value })}`);
  }
});

document.addEventListener('click', ({ target }) => {
  if (target.dataset.end) {
    request('DELETE', target.dataset.end);
  }
});

addEventListener('hashchange', refresh);
page.charts.append(...CHARTS.map(({ chart }) => chart.element));
(async () => {
  for (;;) {
    await refresh();
    await new Promise((resolve) => setTimeout(resolve, REFRESH_MS));
  }
})();
