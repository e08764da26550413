import { describe, expect } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { holdRequests } from './testing/hold-requests.js';
import { startPageWorld } from './testing/page-world.js';
import { Stage } from './testing/stage.js';

const stage = new Stage(startPageWorld);

function rows(page: Page, list: string): Locator {
  return page.getByRole('list', { name: list }).getByRole('listitem');
}

async function deleteToken(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: `Delete ${name}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
}

describe('What is taken away', () => {
  stage.test('is gone at once, when it is a session that one ends', async () => {
    const elsewhere = await stage.visit({ as: 'mary' });
    const { page, open, close } = await stage.visit({ as: 'mary' });
    await open('/account?tab=sessions');
    await rows(page, 'Sessions').nth(1).waitFor();
    const ending = await holdRequests(page, '**/api/v1/sessions/*');

    const before = await rows(page, 'Sessions').count();
    await rows(page, 'Sessions').getByRole('button').first().click();
    await ending.isAsked;
    await rows(page, 'Sessions')
      .nth(before - 1)
      .waitFor({ state: 'detached' });
    await ending.letGo();
    await page.getByText('It is signed out.').waitFor();
    expect(await rows(page, 'Sessions').count()).toBe(before - 1);
    await close();
    await elsewhere.close();
  });

  stage.test('is back, and that is said, when the server could not do it', async () => {
    const { api } = await stage.world.server.person('mary');
    for (const name of ['one', 'two']) await api.POST('/api-tokens', { body: { name, scopes: ['read'] } });
    const { page, open, close, watch } = await stage.visit({ as: 'mary' });
    watch.expect(/net::ERR_FAILED/);
    await open('/account?tab=api-tokens');
    const unreachable = await holdRequests(page, '**/api/v1/api-tokens/*');

    await deleteToken(page, 'one');
    await unreachable.isAsked;
    await page.getByText('one', { exact: true }).waitFor({ state: 'detached' });
    await unreachable.fail();
    await page.getByText('one may still work').waitFor();
    expect(await rows(page, 'API tokens').count()).toBe(2);
    await close();
  });
});
