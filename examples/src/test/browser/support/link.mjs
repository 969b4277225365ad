import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

const FRAME_RATE = 30;

/** 2 Mbit/s, a keyframe each 2 s and each other picture refers to the one before */
export function encode(clip) {
  const { status, stderr } = spawnSync('ffmpeg', [
    '-hide_banner', '-loglevel', 'error', '-nostdin',
    '-f', 'lavfi', '-i', `testsrc2=size=640x360:rate=${FRAME_RATE},noise=alls=24:allf=t`,
    '-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=48000',
    '-t', '90', '-c:v', 'libx264', '-preset', 'veryfast', '-tune', 'zerolatency',
    '-profile:v', 'baseline', '-pix_fmt', 'yuv420p', '-g', String(2 * FRAME_RATE),
    '-sc_threshold', '0', '-b:v', '2M', '-maxrate', '2M', '-bufsize', '400k', '-c:a', 'libopus', clip,
  ]);
  if (status !== 0) {
    throw new Error(String(stderr));
  }
}

/** Plays a clip to a server's stream of the name camera. */
export function publish(clip, server) {
  return spawn('ffmpeg', [
    '-hide_banner', '-loglevel', 'error', '-nostdin', '-re', '-i', clip,
    '-c', 'copy', '-f', 'rtsp', '-rtsp_transport', 'tcp',
    `rtsp://127.0.0.1:${server.rtspPort}/camera`,
  ], { stdio: 'ignore' });
}

/** The link of a relay that tells its viewers 127.0.0.2; settings are as the command has them. */
export async function bottleneck(classpath, port, ...settings) {
  const link = spawn('java', [
    '-classpath', classpath, 'dev.sluice.benchmarks.Suite', 'bottleneck',
    `127.0.0.2:${port}`, `127.0.0.1:${port}`, ...settings,
  ], { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(link.stdout, 'data');
  return link;
}
