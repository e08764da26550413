import { beforeAll, describe, expect } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { decideInWindow } from './testing/consent.js';
import { addProvider, startPageWorld } from './testing/page-world.js';
import { button, goTo, section } from './testing/parts.js';
import { Stage } from './testing/stage.js';
import type { Visit } from './testing/visit.js';

const stage = new Stage(startPageWorld);
let visit: Visit;
let page: Page;
let path: string;

beforeAll(async () => {
  const { server, github } = stage.world;
  const { id } = await addProvider(server, { name: 'Acme GitHub', type: 'github', forge: github });
  path = `/git-providers/${id}`;
  visit = await stage.visit({ as: 'ada' });
  ({ page } = visit);
  await visit.open(path);
});

function settings(): Locator {
  return section(page, 'Organization settings');
}

function lock(): Locator {
  return settings().getByRole('combobox', { name: 'Lock repositories to organizations' });
}

function warning(): Locator {
  return settings().getByText('people’s personal repositories are listed, too');
}

async function lockTo(organization: string): Promise<void> {
  await lock().click();
  await page.getByRole('option', { name: organization, exact: true }).click();
  await page.keyboard.press('Escape');
}

async function update(): Promise<void> {
  await settings().getByText('Save the settings first.').waitFor();
  await button(page, 'Update').click();
  await settings().getByText('Save the settings first.').waitFor({ state: 'hidden' });
}

async function countListed(words: string): Promise<void> {
  await goTo(page, 'Repositories');
  await page.getByRole('main').getByText(words, { exact: true }).waitFor();
}

async function goToProvider(): Promise<void> {
  await goTo(page, 'Git Providers');
  await page.getByRole('link', { name: 'Acme GitHub', exact: true }).click();
  await settings().waitFor();
}

describe('Git provider organization settings', () => {
  stage.test('they need a sign-in, for which there is a button', async () => {
    await settings().getByText('you have to be signed in').waitFor();
    expect(await lock().count()).toBe(0);
    await decideInWindow(page, { username: 'ada' }, () =>
      button(settings(), 'Sign in to Acme GitHub').click(),
    );
    await lock().waitFor();
  });

  stage.test(
    'with no organization chosen, a warning says that personal repositories are listed',
    async () => {
      await warning().waitFor();
      await countListed('6 repositories');
    },
  );

  stage.test('a lock shows what it would keep and hide, before it is saved', async () => {
    await goToProvider();
    await settings().getByText('6 of 6 kept', { exact: true }).waitFor();
    await lockTo('acme');
    await warning().waitFor({ state: 'hidden' });
    await settings().getByText('4 of 6 kept', { exact: true }).waitFor();
    await settings().getByText('2 hidden').waitFor();
    const hidden = settings().getByRole('list', { name: 'Hidden, for example' });
    await hidden.getByText('ada/dotfiles').waitFor();
    await hidden.getByText('globex/rockets').waitFor();
  });

  stage.test('once the lock is saved, only the repositories of its organizations are listed', async () => {
    await update();
    await countListed('4 repositories');
  });

  stage.test(
    'once it is taken away, the page says what the next sync is needed for, and that lists all',
    async () => {
      await goToProvider();
      await lock().press('Backspace');
      await warning().waitFor();
      await update();
      await settings().getByText('is only known after the next sync').waitFor();
      await countListed('4 repositories');
      await button(page, 'Sync').click();
      await page.getByRole('main').getByText('6 repositories', { exact: true }).waitFor();
    },
  );

  stage.test('a pattern hides repositories by their path', async () => {
    await goToProvider();
    await button(settings(), 'Add a pattern').click();
    await settings().getByRole('textbox', { name: 'Pattern 1' }).fill('!globex/*');
    await settings().getByText('5 of 6 kept', { exact: true }).waitFor();
    await button(settings(), 'Remove pattern 1').click();
    await settings().getByText('6 of 6 kept', { exact: true }).waitFor();
  });

  stage.test('what is outside the lock is cleaned up, after a confirmation that says how many', async () => {
    await lockTo('acme');
    expect(await button(settings(), 'Clean up repositories').isDisabled()).toBe(true);
    await update();
    await button(settings(), 'Clean up repositories').click();
    const dialog = page.getByRole('dialog', { name: 'Delete 2 repositories?' });
    await button(dialog, 'Confirm').click();
    await page.getByText('2 repositories were cleaned up').waitFor();
    await settings().getByText('4 of 4 kept', { exact: true }).waitFor();
    await settings().getByText('There is nothing to clean up.').waitFor();
  });

  stage.test('what was cleaned up is listed again by the next sync without the lock', async () => {
    await lock().press('Backspace');
    await update();
    await button(page, 'Sync').click();
    await settings().getByText('6 of 6 kept', { exact: true }).waitFor();
    await countListed('6 repositories');
  });
});
