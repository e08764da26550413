import type { Page } from 'playwright-core';

/** What somebody does on a forge's own page, where it asks whether an application may act for them. */
export interface Consent {
  readonly username: string;
  /** Presses its Cancel instead. */
  readonly deny?: boolean;
}

/** Decides on a forge's page, wherever it is shown. */
export async function decideAtForge(page: Page, { username, deny = false }: Consent): Promise<void> {
  await page.getByRole('combobox', { name: 'Signed in as' }).selectOption(username);
  await page.getByRole('button', { name: deny ? 'Cancel' : 'Authorize', exact: true }).click();
}

/** Decides in the window that `open` lets appear, and waits until the page has closed it. */
export async function decideInWindow(page: Page, consent: Consent, open: () => Promise<void>): Promise<void> {
  const [forgePage] = await Promise.all([page.waitForEvent('popup'), open()]);
  const closed = forgePage.isClosed() ? Promise.resolve() : forgePage.waitForEvent('close');
  await decideAtForge(forgePage, consent);
  await closed;
}

/** Waits until the page has closed the window that `open` lets appear, in which a forge that remembers asks nothing. */
export async function windowCloses(page: Page, open: () => Promise<void>): Promise<void> {
  const [forgePage] = await Promise.all([page.waitForEvent('popup'), open()]);
  if (!forgePage.isClosed()) await forgePage.waitForEvent('close');
}
