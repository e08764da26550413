import { describe, expect } from '@jest/globals';
import type { Locator } from 'playwright-core';
import { Keys } from './testing/keys.js';
import { password } from './testing/page-server.js';
import { startPageWorld } from './testing/page-world.js';
import { Stage } from './testing/stage.js';
import type { Visit } from './testing/visit.js';

const stage = new Stage(() => startPageWorld({ ADMIN_USERNAME: undefined, ADMIN_PASSWORD: undefined }));

/** Ada's browser through all of these tests: one goes on where the other ends. */
let visit: Visit | undefined;

async function ada(path?: string): Promise<Keys> {
  // What fades and slides belongs to what keys have to go through.
  visit ??= await stage.visit({ browser: { reducedMotion: 'no-preference' } });
  if (path !== undefined) await visit.open(path);
  return new Keys(visit.page);
}

const button = ({ page }: Keys, name: string | RegExp): Locator =>
  page.getByRole('button', { name, exact: typeof name === 'string' });
const field = ({ page }: Keys, label: string): Locator => page.getByLabel(label, { exact: true });

/** Lets the forge's page appear, and agrees there, with keys alone. */
async function agreeAtForge(keys: Keys, open: () => Promise<void>): Promise<void> {
  const [forgePage] = await Promise.all([keys.page.waitForEvent('popup'), open()]);
  const closed = forgePage.isClosed() ? Promise.resolve() : forgePage.waitForEvent('close');
  const there = new Keys(forgePage);
  await there.to(forgePage.getByRole('combobox', { name: 'Signed in as' }));
  await forgePage.keyboard.type('ada');
  await there.enter(forgePage.getByRole('button', { name: 'Authorize', exact: true }));
  await closed;
}

/** The focus is within the dialog, and nowhere else. */
async function dialogWithFocus({ page }: Keys, name: string | RegExp): Promise<Locator> {
  const dialog = page.getByRole('dialog', { name });
  await dialog.locator(':focus').waitFor({ state: 'attached' });
  return dialog;
}

describe('by keyboard alone', () => {
  stage.test('one sets the server up', async () => {
    const keys = await ada('/');
    await keys.page.getByRole('heading', { name: 'Set up anyforge' }).waitFor();
    await keys.type(field(keys, 'Username'), 'ada');
    await keys.type(field(keys, 'Password'), password);
    await keys.type(field(keys, 'Repeat the password'), password);
    await keys.press('Enter');
    await keys.page.getByText('There is no git provider yet').waitFor();
  });

  stage.test('one adds a git provider, with a test', async () => {
    const { github } = stage.world;
    const keys = await ada();
    const { page } = keys;
    await keys.enter(page.getByRole('link', { name: 'Add', exact: true }).first());
    const type = page.getByRole('radio', { name: 'GitHub' });
    await keys.to(page.getByRole('radio').first());
    await keys.to(type, 'ArrowDown');
    await keys.press('Space');
    await keys.to(page.getByRole('switch', { name: 'GitHub Enterprise' }));
    await keys.press('Space');
    await keys.type(page.getByRole('textbox', { name: 'Base URL' }), github.simulator.webUrl);
    const redirectUrl = (await page.getByText('/oauth/callback').first().textContent()) ?? '';
    const { clientId, clientSecret = '' } = github.simulator.oauth.registerClient({
      name: 'anyforge',
      redirectUris: [redirectUrl],
    });
    await keys.type(page.getByRole('textbox', { name: 'Client ID' }), clientId);
    await keys.type(page.getByRole('textbox', { name: 'Client secret' }), clientSecret);
    await keys.to(page.getByRole('textbox', { name: 'Name', exact: true }), 'Shift+Tab');
    await page.keyboard.type('Acme Hub');
    await agreeAtForge(keys, () => keys.enter(button(keys, 'Run test')));
    await page.getByText(/You.re good to go/).waitFor();
    await keys.enter(button(keys, 'Add git provider'));
    await page.getByText('Signed in as ada').waitFor();
  });

  stage.test('one signs out and in, in each of the ways', async () => {
    const { github } = stage.world;
    const keys = await ada('/git-providers');
    const { page } = keys;
    const signOut = button(keys, 'Sign out of Acme Hub');
    await keys.enter(signOut);
    await dialogWithFocus(keys, 'Sign out of Acme Hub?');
    await keys.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(await keys.isAt(signOut)).toBe(true);
    await keys.enter(signOut);
    const dialog = await dialogWithFocus(keys, 'Sign out of Acme Hub?');
    await keys.enter(dialog.getByRole('button', { name: 'Sign out', exact: true }));
    await page.getByText('Not signed in').waitFor();

    await agreeAtForge(keys, () => keys.enter(button(keys, 'Sign in to Acme Hub')));
    await page.getByText('Signed in as ada').waitFor();
    await keys.enter(signOut);
    const again = await dialogWithFocus(keys, 'Sign out of Acme Hub?');
    await keys.enter(again.getByRole('button', { name: 'Sign out', exact: true }));

    const token = github.simulator.tokens.issue({
      kind: 'classic',
      person: github.ada,
      scopes: ['repo', 'read:org', 'read:user'],
    });
    await keys.enter(button(keys, 'Other ways into Acme Hub'));
    await keys.to(page.getByRole('menuitem', { name: 'With a token' }), 'ArrowDown');
    await keys.press('Enter');
    await dialogWithFocus(keys, 'Configuration of Acme Hub');
    await keys.type(keys.page.getByLabel(/^Token/), token);
    await keys.press('Enter');
    await page.getByText('Configured', { exact: true }).waitFor();
  });

  stage.test('one synchronizes, and cancels it', async () => {
    const { github } = stage.world;
    const keys = await ada('/repositories');
    const hangs = github.simulator.faults.add({
      match: { surface: 'api' },
      times: Infinity,
      effect: { kind: 'hang-before-headers' },
    });
    await keys.enter(button(keys, 'Sync'));
    await button(keys, 'Syncing 0/1').waitFor();
    await keys.enter(button(keys, 'Cancel'));
    await keys.page.getByText('Sync cancelled').waitFor();
    hangs.remove();
    await keys.enter(button(keys, 'Sync'));
    await keys.page.getByText('Sync done').waitFor();
  });

  stage.test('one finds a repository, copies its address and opens it', async () => {
    const keys = await ada('/repositories');
    const { page } = keys;
    await page.getByRole('link', { name: 'acme/api', exact: true }).waitFor();
    await keys.type(page.getByRole('textbox', { name: 'Search repositories' }), 'rock');
    await page.getByText('1 repository matches').waitFor();
    await keys.press('ArrowDown');
    const link = page.getByRole('link', { name: 'globex/rockets', exact: true });
    await keys.to(link);
    const clone = button(keys, 'Clone globex/rockets');
    await keys.enter(clone);
    await button(keys, 'Copy HTTPS address').waitFor();
    await keys.press('Escape');
    await button(keys, 'Copy HTTPS address').waitFor({ state: 'hidden' });
    await keys.to(link, 'Shift+Tab');
    await keys.press('Enter');
    const heading = page.getByRole('heading', { name: 'globex/rockets', level: 1 });
    await heading.waitFor();
    expect(await keys.isAt(heading)).toBe(true);
  });

  stage.test('one changes a password, and makes an API token', async () => {
    const keys = await ada('/account');
    const { page } = keys;
    await keys.type(field(keys, 'Current password'), password);
    await keys.type(field(keys, 'New password'), `${password}!`);
    await keys.type(field(keys, 'Repeat the new password'), `${password}!`);
    await keys.press('Enter');
    await page.getByText('Your password is changed').waitFor();
    await keys.to(page.getByRole('tab', { name: 'Profile' }), 'Shift+Tab');
    await keys.to(page.getByRole('tab', { name: 'API tokens' }), 'ArrowRight');
    await keys.enter(button(keys, 'Create token'));
    const dialog = await dialogWithFocus(keys, 'Create token');
    await keys.type(dialog.getByLabel('Name'), 'A script');
    await keys.press('Enter');
    await field(keys, 'API token').waitFor();
    await keys.enter(button(keys, 'Done'));
    await page.getByText('A script').waitFor();
  });

  stage.test('one invites somebody', async () => {
    const keys = await ada('/people');
    await keys.enter(button(keys, 'Invite'));
    const dialog = await dialogWithFocus(keys, 'Invite somebody');
    await keys.type(dialog.getByLabel('Username'), 'joan');
    await keys.press('Enter');
    await dialogWithFocus(keys, 'A link for joan');
    await keys.enter(button(keys, 'Done'));
    await keys.page.getByRole('listitem').filter({ hasText: 'joan' }).waitFor();
  });

  stage.test('one changes a git provider, and deletes it', async () => {
    const keys = await ada('/git-providers');
    const { page } = keys;
    await keys.enter(page.getByRole('link', { name: 'Acme Hub', exact: true }));
    await keys.type(page.getByRole('textbox', { name: 'Name', exact: true }), 'Acme Forge');
    await keys.enter(button(keys, 'Update'));
    await page.getByText('Acme Forge was updated').waitFor();
    await keys.enter(button(keys, 'Delete'));
    const dialog = await dialogWithFocus(keys, 'Delete Acme Forge?');
    await keys.type(dialog.getByLabel('Type Acme Forge to confirm'), 'Acme Forge');
    await keys.press('Enter');
    await page.getByText('There is no git provider yet').waitFor();
  });

  stage.test('one signs out of the server, and in again', async () => {
    const keys = await ada('/repositories');
    const { page } = keys;
    await keys.enter(button(keys, 'Account of ada'));
    await keys.enter(button(keys, 'Sign out'));
    await keys.type(field(keys, 'Username'), 'ada');
    await keys.type(field(keys, 'Password'), `${password}!`);
    await keys.press('Enter');
    await button(keys, 'Account of ada').waitFor();
    await keys.to(page.getByRole('link', { name: 'Skip to content' }));
  });
});
