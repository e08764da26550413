import type { Page, Route } from 'playwright-core';

/** Requests of a page that are kept waiting. */
export interface HeldRequests {
  /** Once there is one. */
  readonly isAsked: Promise<unknown>;
  /** Lets them go, and those to come; done when all that waited are answered. */
  readonly letGo: () => Promise<void>;
  /** Lets those that wait fail, as if the server could not be reached. */
  readonly fail: () => Promise<void>;
}

/** Keeps requests for such an address waiting until they are let go. */
export async function holdRequests(page: Page, glob: string): Promise<HeldRequests> {
  const held: Route[] = [];
  let isOpen = false;
  const isAsked = page.waitForRequest(glob);
  await page.route(glob, async (route) => {
    if (isOpen) await route.continue();
    else held.push(route);
  });
  return {
    isAsked,
    letGo: async () => {
      isOpen = true;
      await Promise.all(
        held.map(async (route) => {
          await route.continue();
          const response = await route.request().response();
          await response?.finished();
        }),
      );
    },
    fail: async () => {
      await Promise.all(held.map((route) => route.abort()));
    },
  };
}
