/**
 * Tells, in the page, when the first row with a repository was painted: what is in the document in one frame is on the
 * screen in the next.
 */
const watchForRows = `
  const look = () => {
    const row = document.querySelector('[role="row"] a[href*="repositories/"]');
    requestAnimationFrame(row === null ? look : () => performance.mark('first-rows'));
  };
  requestAnimationFrame(look);`;

/**
 * Opens the list of repositories again and again, as somebody who was here before.
 *
 * @param {import('./stage.js').Viewer} viewer @param {string} url
 * @returns {Promise<() => Promise<number>>} opens it once: how long until the first rows were painted
 */
export async function openerOf({ context }, url) {
  const page = await context.newPage();
  await page.addInitScript({ content: watchForRows });
  return async () => {
    await page.goto(`${url}/repositories`);
    const mark = await page.waitForFunction(() => performance.getEntriesByName('first-rows')[0]?.startTime);
    return Number(await mark.jsonValue());
  };
}
