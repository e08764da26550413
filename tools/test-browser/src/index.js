// @ts-check
export { openBrowser } from './open-browser.js';
