import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { until, withTimeout } from './time.mjs';

/** ffmpeg, which publishes its test picture and a tone by RTSP. */
export class Publisher {
  #process;
  #log = '';

  /** Starts to publish and waits until the server lists the stream as live. */
  static async start(server, stream, { transport = 'tcp', size = '640x360', rate = 30 } = {}) {
    const publisher = new Publisher([
      '-hide_banner', '-loglevel', 'warning', '-nostdin',
      '-re', '-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=${rate}`,
      '-re', '-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=48000',
      '-c:v', 'libx264', '-preset', 'veryfast', '-tune', 'zerolatency', '-profile:v', 'baseline',
      '-pix_fmt', 'yuv420p', '-g', String(2 * rate), '-b:v', '1M', '-c:a', 'libopus', '-ac', '2',
      '-f', 'rtsp', '-rtsp_transport', transport,
      `rtsp://127.0.0.1:${server.rtspPort}/${stream}`,
    ]);
    try {
      await until(() => publisher.#isLive(server, stream), 15_000, `${stream} did not go live`);
    } catch (error) {
      publisher.kill();
      throw new Error(`${error.message}\n${publisher.#log}`);
    }
    return publisher;
  }

  constructor(args) {
    this.#process = spawn('ffmpeg', args, { stdio: ['ignore', 'ignore', 'pipe'] });
    this.#process.stderr.on('data', (text) => (this.#log += text));
  }

  /** Ends it with a TEARDOWN. */
  async stop() {
    await this.#end('SIGINT');
  }

  /** Ends it without a word. */
  async kill() {
    await this.#end('SIGKILL');
  }

  async #end(signal) {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      const exited = once(this.#process, 'exit');
      this.#process.kill(signal);
      await withTimeout(exited, 5_000, 'ffmpeg did not end').finally(() =>
        this.#process.kill('SIGKILL'));
    }
  }

  async #isLive(server, stream) {
    if (this.#process.exitCode !== null) {
      throw new Error(`ffmpeg ended with ${this.#process.exitCode}`);
    }
    return (await server.streams()).some(({ name, live }) => name === stream && live);
  }
}
