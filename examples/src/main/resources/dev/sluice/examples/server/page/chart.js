import { fields, fromTemplate } from './dom.js';

const POINTS = 300;
const WIDTH = 300;
const HEIGHT = 100;
const SVG = 'http://www.w3.org/2000/svg';

/** The last five minutes of one or two figures, one value a second. */
export class Chart {
  #lines;
  #fields;
  #format;
  #pointed = null;

  /** @param names of the lines; @param format makes a value readable */
  constructor(title, names, format) {
    this.element = fromTemplate('chart');
    this.#fields = fields(this.element);
    this.#format = format;
    this.#fields.title.textContent = title;
    this.#lines = names.map((name, index) => this.#line(name, index));
    this.#fields.svg.addEventListener('pointermove', (event) => this.#point(event));
    this.#fields.svg.addEventListener('pointerleave', () => this.#point(null));
  }

  /** One value a line; what is not a number leaves a gap. */
  add(values) {
    this.#lines.forEach((line, index) => {
      line.values.push(values[index]);
      line.values.splice(0, line.values.length - POINTS);
    });
    this.#draw();
  }

  #line(name, index) {
    const path = document.createElementNS(SVG, 'path');
    path.classList.add('line', `line-${index}`);
    this.#fields.svg.append(path);
    const entry = document.createElement('span');
    entry.className = `entry entry-${index}`;
    const value = document.createElement('b');
    entry.append(name, ' ', value);
    this.#fields.legend.append(entry);
    return { values: [], path, value };
  }

  #draw() {
    const most = Math.max(...this.#lines.flatMap(({ values }) => values.filter(Number.isFinite)), 0);
    this.#fields.most.textContent = most > 0 ? this.#format(most) : '';
    for (const { values, path } of this.#lines) {
      path.setAttribute('d', outline(values, most || 1));
    }
    this.#label();
  }

  #label() {
    const ago = this.#pointed ?? 0;
    this.#fields.moment.textContent = ago ? `${ago} s ago` : 'now';
    for (const { values, value } of this.#lines) {
      const shown = values.at(-1 - ago);
      value.textContent = Number.isFinite(shown) ? this.#format(shown) : '–';
    }
  }

  #point(event) {
    if (event) {
      const { left, width } = this.#fields.svg.getBoundingClientRect();
      const share = Math.min(Math.max((event.clientX - left) / width, 0), 1);
      this.#pointed = Math.round((1 - share) * (POINTS - 1));
    } else {
      this.#pointed = null;
    }
    this.#label();
  }
}

/** The newest value is at the right edge. */
function outline(values, most) {
  const step = WIDTH / (POINTS - 1);
  const start = WIDTH - (values.length - 1) * step;
  let pen = 'M';
  return values.map((value, index) => {
    if (!Number.isFinite(value)) {
      pen = 'M';
      return '';
    }
    const point = `${pen}${(start + index * step).toFixed(1)} ${(HEIGHT * (1 - value / most)).toFixed(1)}`;
    pen = 'L';
    return point;
  }).join('');
}
