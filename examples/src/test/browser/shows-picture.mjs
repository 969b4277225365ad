// Opens a page as a user would, and ends with 0 once its video plays: node shows-picture.mjs URL

import { launch } from './support/browser.mjs';
import { until } from './support/time.mjs';

const PATIENCE_MS = 30_000;
const SECONDS = 1;

const browser = await launch({ loopback: false });
try {
  const page = await browser.newPage();
  await page.goto(process.argv[2]);
  const plays = () => page.evaluate((seconds) => {
    const { videoWidth, currentTime } = document.querySelector('video');
    return videoWidth > 0 && currentTime > seconds;
  }, SECONDS);
  await until(plays, PATIENCE_MS, 'no picture');
} finally {
  await browser.close();
}
