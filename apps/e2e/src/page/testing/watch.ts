import type { BrowserContext } from 'playwright-core';

/** What a browser says of an answer that is no success: the page says it in words where somebody has to know. */
const refusedRequest = /^Failed to load resource: the server responded with a status of 4\d\d/;

/** Collects what goes wrong in the pages of a browser that nobody sees: errors that nobody caught, violations of the policy. */
export class Watch {
  readonly #found: string[] = [];
  readonly #expected: RegExp[] = [refusedRequest];

  constructor(context: BrowserContext) {
    context.on('weberror', (webError) => {
      const error = webError.error();
      this.#add(`uncaught: ${error.stack ?? error.message}`);
    });
    context.on('console', (message) => {
      // The browser reports violations of the Content Security Policy here, too.
      if (message.type() === 'error') this.#add(message.text());
    });
  }

  #add(text: string): void {
    if (!this.#expected.some((pattern) => pattern.test(text))) this.#found.push(text);
  }

  /** From now on errors like this are part of what is tested. */
  expect(pattern: RegExp): void {
    this.#expected.push(pattern);
  }

  /** What was found since it was last asked for. */
  take(): readonly string[] {
    return this.#found.splice(0);
  }
}
