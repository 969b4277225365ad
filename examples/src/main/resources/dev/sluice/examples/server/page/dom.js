// What the pages have in common.

export const REFRESH_MS = 1_000;

const CODECS = { H264: 'H.264', H265: 'H.265', OPUS: 'Opus' };

export function codecName(codec) {
  return CODECS[codec?.toUpperCase()] ?? codec;
}

export function streamPath(name) {
  return '/' + name.split('/').map(encodeURIComponent).join('/');
}

/** The command that publishes a file under this name. */
export function publishCommand(rtspPort, name) {
  return 'ffmpeg -re -i FILE -c:v libx264 -profile:v baseline -tune zerolatency -g 60 -c:a libopus \\\n'
    + `  -f rtsp rtsp://${location.hostname}:${rtspPort}${streamPath(name)}`;
}

export async function getJson(path) {
  const response = await fetch(path, { cache: 'no-store', signal: AbortSignal.timeout(5_000) });
  if (!response.ok) {
    throw Object.assign(new Error(`the server answered ${response.status}`), { status: response.status });
  }
  return response.json();
}

/** Adds a template's content to the page. */
export function show(templateId) {
  const view = fromTemplate(templateId);
  document.body.append(view);
  return view;
}

export function fromTemplate(id) {
  return document.getElementById(id).content.cloneNode(true).firstElementChild;
}

export function fields(element) {
  return Object.fromEntries(
    [...element.querySelectorAll('[data-field]')].map((field) => [field.dataset.field, field]));
}

export function plural(count, word) {
  return count === 1 ? `1 ${word}` : `${count} ${word}s`;
}

export function bitRate(bitsPerSecond) {
  return bitsPerSecond < 1e6
    ? `${(bitsPerSecond / 1e3).toFixed(0)} kbit/s`
    : `${(bitsPerSecond / 1e6).toFixed(2)} Mbit/s`;
}

/** Has each button with data-copy copy the text of the field that it names. */
export function makeCopyable(view, names) {
  for (const button of view.querySelectorAll('[data-copy]')) {
    const label = button.textContent;
    button.addEventListener('click', async () => {
      const copied = await copy(names[button.dataset.copy]);
      button.textContent = copied ? 'Copied' : 'Press Ctrl+C';
      setTimeout(() => (button.textContent = label), 2_000);
    });
  }
}

/** Without HTTPS there is a clipboard on the loopback address alone; elsewhere the text is selected. */
async function copy(element) {
  try {
    await navigator.clipboard.writeText(element.textContent);
    return true;
  } catch {
    getSelection().selectAllChildren(element);
    return document.execCommand('copy');
  }
}
