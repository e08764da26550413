import type { Browser } from 'playwright-core';

export interface BrowserOptions {
  /** More flags for the command line. */
  readonly flags?: readonly string[];
  /** Whether it has a window, for somebody who watches. It has none unless asked. */
  readonly window?: boolean;
}

/**
 * Starts a Chromium: the one that `CHROMIUM_PATH` names, else one that is installed, else the one in the
 * `@sparticuz/chromium` package, else one that root installs on Debian. It ends with this process, in whatever way.
 *
 * @throws Error which says what was tried and why each failed, when there is none to be had.
 */
export function openBrowser(options?: BrowserOptions): Promise<Browser>;
