import { beforeAll, describe, expect } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { decideAtForge, decideInWindow } from './testing/consent.js';
import type { AddedProvider, PageWorld } from './testing/page-world.js';
import { addProvider, startPageWorld } from './testing/page-world.js';
import { Stage } from './testing/stage.js';
import type { Visit } from './testing/visit.js';

interface SignInWorld extends PageWorld {
  readonly hub: AddedProvider;
  readonly lab: AddedProvider;
}

const stage = new Stage(async (): Promise<SignInWorld> => {
  const world = await startPageWorld();
  const { server, github, gitlab } = world;
  const hub = await addProvider(server, { name: 'Acme Hub', type: 'github', forge: github });
  const lab = await addProvider(server, { name: 'Acme Lab', type: 'gitlab', forge: gitlab });
  return { ...world, hub, lab };
});

function rowOf(page: Page, name: string): Locator {
  return page
    .getByRole('list', { name: 'Git providers', exact: true })
    .getByRole('listitem')
    .filter({ has: page.getByRole('link', { name, exact: true }) });
}

/** The list says that somebody is signed in. */
async function signedInAs(page: Page, name: string, username: string): Promise<void> {
  await rowOf(page, name).getByText(`Signed in as ${username}`).waitFor();
}

/** The list says that nobody is signed in, and no dialog is in the way. */
async function notSignedIn(page: Page, name: string): Promise<void> {
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await rowOf(page, name).getByText('Not signed in').waitFor();
}

/** Presses a button by a press that has opened a window before: browsers that block windows open one for each. */
async function pressAsSecond(button: Locator): Promise<void> {
  await button.focus();
  await button.page().evaluate("window.open('about:blank')?.close(); document.activeElement.click()");
}

function signInButton(page: Page, name: string): Locator {
  return page.getByRole('button', { name: `Sign in to ${name}`, exact: true });
}

/** Signs out again, so that the next test begins where this one did. */
async function signOut(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: `Sign out of ${name}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
  await notSignedIn(page, name);
}

describe('a window for the sign-in', () => {
  let visit: Visit;
  let page: Page;

  beforeAll(async () => {
    visit = await stage.visit({ as: 'ada' });
    ({ page } = visit);
  });

  stage.test('that may open closes by itself, and the page shows who one is there', async () => {
    await visit.open('/git-providers');
    await decideInWindow(page, { username: 'ada' }, () => signInButton(page, 'Acme Hub').click());
    await signedInAs(page, 'Acme Hub', 'ada');
    await signOut(page, 'Acme Hub');
  });

  stage.test('that is closed by hand can be opened again, and the sign-in goes on', async () => {
    await visit.open('/git-providers');
    const [forgePage] = await Promise.all([
      page.waitForEvent('popup'),
      signInButton(page, 'Acme Hub').click(),
    ]);
    await forgePage.getByRole('button', { name: 'Authorize', exact: true }).waitFor();
    await forgePage.close();
    const dialog = page.getByRole('dialog', { name: 'Sign in to Acme Hub' });
    await dialog.getByText('The window is closed, and you are not signed in yet').waitFor();
    await decideInWindow(page, { username: 'ada' }, () =>
      dialog.getByRole('button', { name: 'Open the window again' }).click(),
    );
    await signedInAs(page, 'Acme Hub', 'ada');
    await signOut(page, 'Acme Hub');
  });

  stage.test('where one does not agree ends with the reason, and nobody is signed in', async () => {
    await visit.open('/git-providers');
    await decideInWindow(page, { username: 'ada', deny: true }, () => signInButton(page, 'Acme Lab').click());
    const dialog = page.getByRole('dialog', { name: 'Sign in to Acme Lab' });
    await dialog.getByRole('alert', { name: 'The access was not allowed' }).waitFor();
    await decideInWindow(page, { username: 'ada' }, () =>
      dialog.getByRole('button', { name: 'Try again' }).click(),
    );
    await signedInAs(page, 'Acme Lab', 'ada');
    await signOut(page, 'Acme Lab');
  });

  stage.test('that the forge cuts off from the page signs in all the same', async () => {
    const { github } = stage.world;
    const fault = github.simulator.faults.add({
      match: { surface: 'web' },
      times: Infinity,
      effect: { kind: 'add-headers', headers: { 'cross-origin-opener-policy': 'same-origin' } },
    });
    await visit.open('/git-providers');
    await decideInWindow(page, { username: 'ada' }, () => signInButton(page, 'Acme Hub').click());
    await signedInAs(page, 'Acme Hub', 'ada');
    await signOut(page, 'Acme Hub');
    fault.remove();
  });
});

describe('a window that the browser blocks', () => {
  let visit: Visit;
  let page: Page;

  beforeAll(async () => {
    visit = await stage.visit({ as: 'eve', blocksWindows: true });
    ({ page } = visit);
  });

  stage.test('is noticed and said, and the sign-in goes on in the page itself and back', async () => {
    await visit.open('/git-providers?search=acme');
    await pressAsSecond(signInButton(page, 'Acme Lab'));
    const dialog = page.getByRole('dialog', { name: 'Sign in to Acme Lab' });
    await dialog.getByText('Your browser has blocked the window').waitFor();
    await dialog.getByRole('button', { name: 'Open in this window' }).click();
    await decideAtForge(page, { username: 'eve' });
    await signedInAs(page, 'Acme Lab', 'eve');
    expect(new URL(page.url()).search).not.toContain('signIn');
    await signOut(page, 'Acme Lab');
  });

  stage.test('leads back, not signed in, whoever turns round at the forge', async () => {
    await visit.open('/git-providers');
    await pressAsSecond(signInButton(page, 'Acme Lab'));
    await page.getByRole('dialog').getByRole('button', { name: 'Open in this window' }).click();
    await page.getByRole('button', { name: 'Authorize', exact: true }).waitFor();
    await page.goBack();
    await notSignedIn(page, 'Acme Lab');
    await pressAsSecond(signInButton(page, 'Acme Lab'));
    await page.getByRole('dialog').getByRole('button', { name: 'Open in this window' }).click();
    await decideAtForge(page, { username: 'eve' });
    await signedInAs(page, 'Acme Lab', 'eve');
    await signOut(page, 'Acme Lab');
  });

  stage.test('leads back with the reason where one does not agree at the forge', async () => {
    await visit.open('/git-providers');
    await pressAsSecond(signInButton(page, 'Acme Lab'));
    await page.getByRole('dialog').getByRole('button', { name: 'Open in this window' }).click();
    await decideAtForge(page, { username: 'eve', deny: true });
    await page.getByRole('heading', { name: 'The sign-in failed' }).waitFor();
    await page.getByRole('link', { name: 'Go on in anyforge' }).click();
    const dialog = page.getByRole('dialog', { name: 'Sign in to Acme Lab' });
    await dialog.getByRole('alert', { name: 'The access was not allowed' }).waitFor();
    await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
    await notSignedIn(page, 'Acme Lab');
  });

  stage.test(
    'loses nothing of a git provider that is being added: the test goes on where it was',
    async () => {
      const { github } = stage.world;
      const ada = await stage.visit({ as: 'ada', blocksWindows: true });
      const { page } = ada;
      await ada.open('/git-providers/new');
      await page.getByRole('radio', { name: 'GitHub' }).click();
      await page.getByRole('switch', { name: 'GitHub Enterprise' }).click();
      const name = page.getByRole('textbox', { name: 'Name', exact: true });
      await name.fill('Second hub');
      await page.getByRole('textbox', { name: 'Base URL' }).fill(github.simulator.webUrl);
      const redirectUrl = (await page.getByText('/oauth/callback').first().textContent()) ?? '';
      const client = github.simulator.oauth.registerClient({ name: 'anyforge', redirectUris: [redirectUrl] });
      const clientId = page.getByRole('textbox', { name: 'Client ID' });
      await clientId.fill(client.clientId);
      await page.getByRole('textbox', { name: 'Client secret' }).fill(client.clientSecret ?? '');
      await pressAsSecond(page.getByRole('button', { name: 'Run test' }));
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /in this window/ })
        .click();
      await decideAtForge(page, { username: 'ada' });
      await page.getByText('You’re good to go').or(page.getByText("You're good to go")).waitFor();
      expect([await name.inputValue(), await clientId.inputValue()]).toEqual(['Second hub', client.clientId]);
      await page.getByRole('button', { name: 'Add git provider' }).click();
      await signedInAs(page, 'Second hub', 'ada');
      await ada.close();
    },
  );
});

describe('a code', () => {
  stage.test('is entered at the forge on any device, and the account is confirmed here', async () => {
    const { github } = stage.world;
    const { page, open, close } = await stage.visit({ as: 'eve' });
    await open('/git-providers');
    await page.getByRole('button', { name: 'Other ways into Acme Hub' }).click();
    await page.getByRole('menuitem', { name: 'With a code' }).click();
    const dialog = page.getByRole('dialog', { name: 'Sign in to Acme Hub' });
    await dialog.getByRole('link', { name: /^Open / }).waitFor();
    const code = (await dialog.getByRole('code').textContent()) ?? '';
    await github.simulator.oauth.approveDevice(code, { person: github.eve });
    await dialog.getByText('Is this your account?').waitFor();
    await dialog.getByRole('button', { name: 'Confirm' }).click();
    await signedInAs(page, 'Acme Hub', 'eve');
    await signOut(page, 'Acme Hub');
    await close();
  });
});
