import {
  codecName, fields, fromTemplate, getJson, makeCopyable, plural, publishCommand, REFRESH_MS, show,
  streamPath,
} from './dom.js';

/** The list of streams. */
export function showList() {
  const view = show('list-view');
  const { message, streams, command } = fields(view);
  makeCopyable(view, { command });
  let shown = '';

  async function refresh() {
    try {
      const answer = await getJson('/api/streams');
      const text = JSON.stringify(answer);
      if (text !== shown) {
        shown = text;
        render(answer);
      }
    } catch {
      shown = '';
      message.textContent = 'The server does not answer. Trying again…';
    }
    setTimeout(refresh, REFRESH_MS);
  }

  function render({ rtspPort, streams: list }) {
    command.textContent = publishCommand(rtspPort, 'mystream');
    message.textContent = list.length ? '' : 'Nobody publishes at the moment.';
    streams.replaceChildren(...list.map(item));
  }

  refresh();
}

function item(stream) {
  const element = fromTemplate('list-item');
  const { link, name, tracks, viewers, live } = fields(element);
  link.href = streamPath(stream.name);
  name.textContent = stream.name;
  tracks.textContent = stream.codecs.map(codecName).join(' + ');
  viewers.textContent = plural(stream.viewers, 'viewer');
  live.textContent = stream.live ? 'Live' : 'Waiting';
  live.classList.toggle('good', stream.live);
  return element;
}
