import { describe, expect } from '@jest/globals';
import { startPageWorld } from './testing/page-world.js';
import { button } from './testing/parts.js';
import { Stage } from './testing/stage.js';

const stage = new Stage(startPageWorld);

describe('What is typed wrongly', () => {
  stage.test('is said of a new password at its field, which takes the focus', async () => {
    const { api } = await stage.world.server.person('ada');
    const { link } = await api.POST('/people', { body: { username: 'zoe', role: 'member' } });
    const { page, close } = await stage.visit();
    await page.goto(link.url);
    const password = page.getByLabel('New password', { exact: true });
    const repeated = page.getByLabel('Repeat the password', { exact: true });

    await password.fill('too short');
    await repeated.focus();
    await page.getByText('This is too short').waitFor();
    await repeated.fill('too short');
    await button(page, 'Choose and sign in').click();
    await page.locator('[name="new-password"]:focus').waitFor();

    await password.fill('long enough by now');
    await page.getByText('This is too short').waitFor({ state: 'detached' });
    await button(page, 'Choose and sign in').click();
    await page.getByText('This is not the same password.').waitFor();
    await page.locator('[name="repeated-password"]:focus').waitFor();
    await repeated.fill('long enough by now');
    await button(page, 'Choose and sign in').click();
    await page.getByRole('heading', { name: 'Repositories', level: 1 }).waitFor();
    await close();
  });

  stage.test('goes from the address, when no list can be narrowed by it', async () => {
    const { page, open, close } = await stage.visit({ as: 'ada' });
    await open('/repositories?permission=owner&visibility=private');
    await page.getByRole('group', { name: 'Active filters' }).waitFor();
    expect(new URL(page.url()).search).toBe('?visibility=private');
    await close();
  });

  stage.test('leads nowhere, and is said so, when nothing can have such an id', async () => {
    const { page, open, close } = await stage.visit({ as: 'ada' });
    await open('/repositories/%00');
    await page.getByRole('heading', { name: 'This repository is not in your list' }).waitFor();
    await open('/git-providers/%00');
    await page.getByRole('heading', { name: 'There is no such git provider' }).waitFor();
    await close();
  });
});
