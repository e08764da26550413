import type { Locator, Page } from 'playwright-core';

type Screen = 'Repositories' | 'Git Providers' | 'People' | 'Health';

/** Goes to a screen through the navigation bar. */
export async function goTo(page: Page, screen: Screen): Promise<void> {
  const navigation = page.getByRole('navigation', { name: 'Main' });
  await navigation.getByRole('link', { name: screen, exact: true }).click();
  await page.getByRole('heading', { name: screen, level: 1, exact: true }).waitFor();
}

/** A git provider in the list. */
export function rowOf(page: Page, name: string): Locator {
  return page
    .getByRole('list', { name: 'Git providers' })
    .getByRole('listitem')
    .filter({ has: page.getByRole('link', { name, exact: true }) });
}

/** A button, a field or whatever else is called exactly so. */
export function field(within: Page | Locator, name: string): Locator {
  return within.getByRole('textbox', { name, exact: true });
}

export function button(within: Page | Locator, name: string): Locator {
  return within.getByRole('button', { name, exact: true });
}

export function section(page: Page, name: string): Locator {
  return page.getByRole('region', { name, exact: true });
}

/** Presses a button that copies. @returns what it has put into the clipboard */
export async function copiedBy(page: Page, copy: Locator): Promise<string> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate('navigator.clipboard.writeText("")');
  await copy.click();
  return page.evaluate<string>(nextInClipboard);
}

/** What waits for functions of a page by asking again evaluates text there, which its policy forbids. */
const nextInClipboard = `new Promise((done, fail) => {
  const look = () => navigator.clipboard.readText().then((text) => {
    if (text === '') setTimeout(look, 20); else done(text);
  }, fail);
  look();
})`;
