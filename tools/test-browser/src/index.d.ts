import type { Browser } from 'playwright-core';

export interface BrowserOptions {
  /** More flags for the command line. */
  readonly flags?: readonly string[];
  /** Whether it has a window, for somebody who watches. It has none unless asked. */
  readonly window?: boolean;
  /**
   * Whether it lets a page open no window but one for each press of a person, as people's browsers do. Automation lets it
   * open any unless asked. Chromium without its own windows, which cannot tell them apart, opens none then.
   */
  readonly blocksWindows?: boolean;
}

/**
 * Starts a Chromium: the one that `CHROMIUM_PATH` names, else one that is installed, else the one in the
 * `@sparticuz/chromium` package, else one that root installs on Debian. It ends with this process, in whatever way.
 *
 * @throws Error which says what was tried and why each failed, when there is none to be had.
 */
export function openBrowser(options?: BrowserOptions): Promise<Browser>;
