import { beforeAll, describe, expect } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { connect, githubToken, gitlabToken } from './testing/connect.js';
import { hold } from './testing/hold.js';
import type { AddedProvider } from './testing/page-world.js';
import { addProvider, startPageWorld } from './testing/page-world.js';
import { button } from './testing/parts.js';
import { Stage } from './testing/stage.js';
import type { Visit } from './testing/visit.js';

const stage = new Stage(startPageWorld);
let visit: Visit;
let page: Page;
let gitlab: AddedProvider;
let token: string;

beforeAll(async () => {
  const { server, ...forges } = stage.world;
  const github = await addProvider(server, { name: 'Acme GitHub', type: 'github', forge: forges.github });
  gitlab = await addProvider(server, { name: 'Acme GitLab', type: 'gitlab', forge: forges.gitlab });
  token = gitlabToken(forges.gitlab, 'eve');
  await connect(server, 'eve', github, githubToken(forges.github, 'eve'));
  await connect(server, 'eve', gitlab, token);
  visit = await stage.visit({ as: 'eve' });
  ({ page } = visit);
  await visit.open('/repositories');
});

function bar(): Locator {
  return page.getByRole('banner');
}

async function count(words: string): Promise<void> {
  await page.getByRole('main').getByRole('status').filter({ hasText: words }).waitFor();
}

async function changePolicy(syncPolicy: 'staged' | 'revoke-first'): Promise<void> {
  const { api } = await stage.world.server.person('ada');
  const path = { id: gitlab.id };
  const { headers } = await api.withHeaders.GET('/git-providers/{id}', { params: { path } });
  const header = { 'If-Match': headers.get('etag') ?? '' };
  await api.PATCH('/git-providers/{id}', { params: { path, header }, body: { syncPolicy } });
}

describe('Synchronize git providers', () => {
  stage.test('the navigation bar shows when the last sync was', async () => {
    await bar().getByRole('button', { name: 'just now' }).waitFor();
    await count('8 repositories');
  });

  stage.test('step 1: Sync, in the navigation bar, begins one', async () => {
    const letGo = hold(stage.world.gitlab.simulator);
    await button(bar(), 'Sync').click();
    await button(bar(), 'Cancel').waitFor();
    await bar().getByRole('button', { name: 'Syncing 1/2' }).waitFor();
    letGo();
  });

  stage.test('step 2: its progress counts git providers, until all are done', async () => {
    await page.getByRole('alert').filter({ hasText: 'Sync done' }).waitFor();
    await page.getByText('Your lists of 2 git providers are up to date.').waitFor();
    await bar().getByRole('button', { name: 'just now' }).waitFor();
    await button(bar(), 'Sync').waitFor();
  });

  stage.test('Cancel ends it, and the list stays as it was', async () => {
    const letGo = hold(stage.world.gitlab.simulator);
    await button(bar(), 'Sync').click();
    await bar().getByRole('button', { name: 'Syncing 1/2' }).waitFor();
    await button(bar(), 'Cancel').click();
    await page.getByRole('alert').filter({ hasText: 'Sync cancelled' }).waitFor();
    letGo();
    await count('8 repositories');
  });

  stage.test(
    'where it begins by deleting permissions, a cancelled one leaves the list without them',
    async () => {
      await changePolicy('revoke-first');
      const letGo = hold(stage.world.gitlab.simulator);
      await button(bar(), 'Sync').click();
      await bar().getByRole('button', { name: 'Syncing 1/2' }).waitFor();
      await button(bar(), 'Cancel').click();
      await page.getByRole('alert').filter({ hasText: 'Sync cancelled' }).waitFor();
      letGo();
      await count('4 repositories');
    },
  );

  stage.test('whoever synchronizes again sees all of them', async () => {
    await button(bar(), 'Sync').click();
    await page.getByRole('alert').filter({ hasText: 'Sync done' }).waitFor();
    await count('8 repositories');
  });

  stage.test('one that fails does not keep the others from being done, and says why', async () => {
    await changePolicy('staged');
    stage.world.gitlab.simulator.tokens.revoke(token);
    await button(bar(), 'Sync').click();
    const notice = page.getByRole('alert').filter({ hasText: 'Sync ended with problems' });
    await notice.getByText('Acme GitLab could not be synced; 1 other is up to date.').waitFor();
    await button(notice, 'Close').click();
    await bar().getByRole('button', { name: 'just now' }).click();
    const details = page.getByRole('group', { name: 'Latest sync' });
    await details.getByText('Done', { exact: true }).waitFor();
    await details.getByText('Failed', { exact: true }).waitFor();
  });

  stage.test('all my syncs are kept, each with what every git provider answered', async () => {
    await page.getByRole('link', { name: 'All my syncs' }).click();
    await page.getByRole('heading', { name: 'Syncs', level: 1 }).waitFor();
    const latest = page.getByRole('article').first();
    await latest.getByText('Acme GitHub').waitFor();
    await latest.getByText('Acme GitLab').waitFor();
    await page.getByRole('article').filter({ hasText: 'Cancelled' }).first().waitFor();
    expect(await page.getByRole('article').count()).toBeGreaterThanOrEqual(5);
  });

  stage.test('one goes on when its page is closed, and another page shows how far it is', async () => {
    const letGo = hold(stage.world.github.simulator);
    await button(bar(), 'Sync').click();
    await button(bar(), 'Cancel').waitFor();
    await visit.close();
    visit = await stage.visit({ as: 'eve' });
    ({ page } = visit);
    await visit.open('/git-providers');
    await bar()
      .getByRole('button', { name: /^Syncing \d\/\d$/ })
      .waitFor();
    letGo();
    await button(bar(), 'Sync').waitFor();
  });
});
