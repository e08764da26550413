// @ts-check
import { openBrowser } from './open-browser.js';

/** Opens a page that never ends to load, and waits to be killed. */
const browser = await openBrowser();
const page = await browser.newPage();
await page.goto(process.argv[2] ?? '', { timeout: 0 });
