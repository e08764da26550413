import { longestTasks } from './trace.js';

const stepPixels = 1_600;

/** In the page, after the next frame: how many rows exist, and which the last is that has its repository. */
const rowsInSight = `new Promise((resolve) => {
  requestAnimationFrame(() => {
    const links = document.querySelectorAll('[role="row"] a[href*="repositories/"]');
    const last = links[links.length - 1]?.closest('[role="row"]')?.getAttribute('aria-rowindex');
    resolve([document.querySelectorAll('[role="row"]').length, Number(last ?? 1) - 1]);
  });
})`;

/**
 * Scrolls through a list from its first row to its last.
 *
 * @param {import('./stage.js').Stage} stage @param {import('./stage.js').Viewer} viewer
 * @returns {Promise<{ readonly clockMs: number, readonly processorMs: number, readonly rowsAtMost: number }>}
 */
export async function scrollThrough({ browser, url }, { context, repositories }) {
  const page = await context.newPage();
  await page.goto(`${url}/repositories`, { waitUntil: 'networkidle' });
  await page.locator('[role="row"] a[href*="repositories/"]').first().waitFor();
  await page.mouse.move(600, 500);
  await browser.startTracing(page, { categories: ['toplevel', 'disabled-by-default-devtools.timeline'] });
  let rowsAtMost = 0;
  for (let seen = 0; seen < repositories;) {
    await page.mouse.wheel(0, stepPixels);
    /** @type {readonly [number, number]} */
    const [rows, last] = await page.evaluate(rowsInSight);
    rowsAtMost = Math.max(rowsAtMost, rows);
    seen = last;
  }
  const trace = await browser.stopTracing();
  await page.close();
  return { ...longestTasks(trace), rowsAtMost };
}
