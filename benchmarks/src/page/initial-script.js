import { gzipSync } from 'node:zlib';

/**
 * How many bytes of JavaScript, each file compressed by gzip, a browser that was never here loads until the page is
 * still.
 *
 * @param {import('playwright-core').BrowserContext} context @param {string} url
 */
export async function initialScriptBytes(context, url) {
  const page = await context.newPage();
  /** @type {Promise<number>[]} */
  const sizes = [];
  page.on('response', (response) => {
    const isScript = /javascript/.test(response.headers()['content-type'] ?? '');
    if (isScript && response.ok()) sizes.push(response.body().then((body) => gzipSync(body).length));
  });
  await page.goto(url, { waitUntil: 'networkidle' });
  await page.getByRole('heading', { level: 1 }).waitFor();
  const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  await page.close();
  if (total === 0) throw new Error(`${url} has loaded no JavaScript.`);
  return total;
}
