import { beforeAll, describe, expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { holdRequests } from './testing/hold-requests.js';
import { administrator } from './testing/page-server.js';
import { addProvider, startPageWorld } from './testing/page-world.js';
import { field } from './testing/parts.js';
import { Stage } from './testing/stage.js';

const stage = new Stage(startPageWorld);
let id: string;

beforeAll(async () => {
  const { server, github } = stage.world;
  ({ id } = await addProvider(server, { name: 'Acme GitHub', type: 'github', forge: github }));
});

/** Clicks a link of the navigation bar, whose screen is then still on its way. */
async function setOutFor(page: Page, screen: 'Repositories' | 'Git Providers', path: string): Promise<void> {
  const navigation = page.getByRole('navigation', { name: 'Main' });
  await navigation.getByRole('link', { name: screen, exact: true }).click();
  await page.waitForURL((url) => url.pathname === path);
}

/** Once what has happened until now is rendered. */
async function rendered(page: Page): Promise<void> {
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done)))');
}

describe('Whoever leaves a screen', () => {
  stage.test('is not called back by what is kept late, while the next screen is loaded', async () => {
    const { page, open, close } = await stage.visit({ as: 'ada' });
    await open(`/git-providers/${id}`);
    const name = field(page, 'Name');
    await name.waitFor();
    const drafts = await holdRequests(page, '**/api/v1/git-provider-drafts');
    const screen = await holdRequests(page, '**/assets/repositories-screen-*.js');

    await name.fill('Acme GitHub, renamed');
    await drafts.isAsked;
    await name.fill('Acme GitHub');
    await setOutFor(page, 'Repositories', '/repositories');
    await screen.isAsked;
    await drafts.letGo();
    await rendered(page);
    await screen.letGo();

    await page.getByRole('heading', { name: 'Repositories', level: 1 }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/repositories');
    await close();
  });

  stage.test('is not called back by what was typed into a search just before', async () => {
    const { page, open, close } = await stage.visit({ as: 'ada' });
    await open('/repositories');
    const search = page.getByRole('textbox', { name: 'Search repositories' });
    await search.waitFor();
    const screen = await holdRequests(page, '**/assets/git-providers-screen-*.js');
    await page.clock.install();

    await search.fill('api');
    await setOutFor(page, 'Git Providers', '/git-providers');
    await screen.isAsked;
    await page.clock.runFor(2_000);
    await screen.letGo();

    await page.getByRole('heading', { name: 'Git Providers', level: 1 }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/git-providers');
    await close();
  });

  stage.test('finds what was saved just before when they come back', async () => {
    const { page, open, close } = await stage.visit({ as: 'ada' });
    await open(`/git-providers/${id}`);
    await field(page, 'Name').fill('Acme Forge');
    // Whatever the page asks for after it has saved is not answered before it is shown again.
    const asked = await holdRequests(page, `**/api/v1/git-providers/${id}`);
    await page.getByRole('button', { name: 'Update' }).click();
    await asked.isAsked;
    await setOutFor(page, 'Git Providers', '/git-providers');
    await page.goBack();
    await page.getByRole('heading', { name: 'Acme Forge', level: 1 }).waitFor();
    expect(await field(page, 'Name').inputValue()).toBe('Acme Forge');
    await asked.letGo();
    await close();
  });

  stage.test(
    'is asked anew when they go back while they are asked, and goes nowhere without an answer',
    async () => {
      const { page, open, close } = await stage.visit({ as: 'ada' });
      const { id: other, name } = await addProvider(stage.world.server, {
        name: 'Asked about',
        type: 'github',
        forge: stage.world.github,
      });
      await open('/git-providers');
      await page.getByRole('link', { name, exact: true }).click();
      await field(page, 'Name').fill('Not lost');
      await page
        .getByRole('navigation', { name: 'Main' })
        .getByRole('link', { name: 'Repositories' })
        .click();
      const dialog = page.getByRole('dialog', { name: 'Leave this page?' });
      await dialog.waitFor();
      await page.evaluate(
        'new Promise((done) => { addEventListener("popstate", done, { once: true }); history.back(); })',
      );
      await rendered(page);

      await dialog.getByRole('button', { name: 'Cancel' }).click();
      await page.waitForURL((url) => url.pathname === `/git-providers/${other}`);
      expect(await field(page, 'Name').inputValue()).toBe('Not lost');
      await close();
    },
  );

  stage.test('arrives, though what would be lost is gone while they are asked about it', async () => {
    const { page, open, close } = await stage.visit({ as: 'ada' });
    const other = await addProvider(stage.world.server, {
      name: 'Short-lived',
      type: 'github',
      forge: stage.world.github,
    });
    await open(`/git-providers/${other.id}`);
    await field(page, 'Name').fill('Renamed');
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Repositories' }).click();
    const dialog = page.getByRole('dialog', { name: 'Leave this page?' });
    await dialog.waitFor();
    const { api } = await stage.world.server.person(administrator);
    await api.DELETE('/git-providers/{id}', {
      params: { path: { id: other.id }, query: { name: 'Short-lived' } },
    });
    // After it was gone, everything that is shown is asked anew.
    await page.evaluate('window.dispatchEvent(new Event("offline"))');
    await page.getByRole('heading', { name: 'Repositories', level: 1 }).waitFor();
    await close();
  });
});
