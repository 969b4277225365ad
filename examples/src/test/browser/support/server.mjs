import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { withTimeout } from './time.mjs';

const START_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 15_000;
const TROUBLE = /exception|error|leak|\bat [\w.$]+\(.*\.java/i;

/** A relay server in a process of its own. */
export class Server {
  #process;
  #log = [];

  /** Starts one on free ports, unless the arguments say otherwise, and waits until it is ready. */
  static async start(classpath, ...args) {
    const server = new Server(classpath, args);
    try {
      await withTimeout(server.#ready(), START_TIMEOUT_MS, 'the server did not become ready');
    } catch (error) {
      server.kill();
      throw new Error(`${error.message}\n${server.log}`);
    }
    return server;
  }

  constructor(classpath, args) {
    const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin', 'java') : 'java';
    this.#process = spawn(java, [
      '-Dio.netty.leakDetection.level=paranoid',
      '-classpath', classpath,
      'dev.sluice.examples.server.RelayServer',
      '--http-port=0', '--rtsp-port=0', '--webrtc-port=0', '--verbose',
      ...args,
    ], { stdio: ['ignore', 'pipe', 'pipe'] });
    createInterface({ input: this.#process.stderr }).on('line', (line) => this.#log.push(line));
  }

  /** Everything that it logged. */
  get log() {
    return this.#log.join('\n');
  }

  /** The lines of its log that tell of something that should not happen. */
  get trouble() {
    return this.#log.filter((line) => TROUBLE.test(line) && !line.startsWith('WARNING: '));
  }

  async streams() {
    const response = await fetch(new URL('/api/streams', this.url));
    return (await response.json()).streams;
  }

  /** Its figures as text, for people to read, whatever state it is in. */
  async statistics() {
    try {
      const watched = (await this.streams()).filter(({ viewers }) => viewers > 0);
      const queries = watched.map(({ name }) => `?stream=${encodeURIComponent(name)}`);
      const answers = await Promise.all(
        (queries.length > 0 ? queries : ['']).map((query) => fetch(new URL(`/api/statistics${query}`, this.url))));
      return (await Promise.all(answers.map((answer) => answer.text()))).join('\n');
    } catch (error) {
      return error.message;
    }
  }

  async viewers(stream) {
    return (await this.streams()).find(({ name }) => name === stream)?.viewers ?? 0;
  }

  /** Ends it the way a terminal does. */
  async stop() {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) {
      return;
    }
    const exited = once(this.#process, 'exit');
    this.#process.kill('SIGINT');
    try {
      await withTimeout(exited, STOP_TIMEOUT_MS, 'the server did not end');
    } finally {
      this.kill();
    }
  }

  kill() {
    this.#process.kill('SIGKILL');
  }

  async #ready() {
    const failed = once(this.#process, 'exit').then(([code]) => {
      throw new Error(`the server ended with ${code}`);
    });
    failed.catch(() => {});
    const lines = createInterface({ input: this.#process.stdout });
    const [line] = await Promise.race([once(lines, 'line'), failed]);
    const page = new URL(line.match(/^Sluice is ready: open (\S+)$/)[1]);
    this.url = page.origin;
    const { rtspPort } = await (await fetch(new URL('/api/streams', page))).json();
    this.rtspPort = rtspPort;
  }
}
