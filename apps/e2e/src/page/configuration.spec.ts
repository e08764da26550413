import { beforeAll, describe, expect } from '@jest/globals';
import type { Client } from '@anyforge/client';
import { createClient } from '@anyforge/client';
import type { Locator, Page } from 'playwright-core';
import { githubToken, gitlabToken } from './testing/connect.js';
import { addProvider, startPageWorld } from './testing/page-world.js';
import { button, copiedBy, field, goTo } from './testing/parts.js';
import { Stage } from './testing/stage.js';
import type { Visit } from './testing/visit.js';

const stage = new Stage(startPageWorld);
let visit: Visit;
let page: Page;

beforeAll(async () => {
  const { server, github, gitlab } = stage.world;
  await addProvider(server, { name: 'Acme GitHub', type: 'github', forge: github });
  await addProvider(server, { name: 'Acme GitLab', type: 'gitlab', forge: gitlab });
  visit = await stage.visit({ as: 'eve' });
  ({ page } = visit);
  await visit.open('/');
});

/** A git provider in the account settings. */
function configured(name: string): Locator {
  return page.getByRole('tabpanel').getByRole('listitem').filter({ hasText: name });
}

function dialog(): Locator {
  return page.getByRole('dialog', { name: 'Git provider configuration' });
}

async function tick(name: string): Promise<Locator> {
  await button(page.getByRole('tabpanel'), 'Edit configuration').click();
  await dialog().getByRole('checkbox', { name, exact: true }).check();
  return dialog().getByRole('group', { name, exact: true });
}

describe('How to configure a git provider: UI', () => {
  stage.test('step 1: Git Providers, in the account settings, shows which are configured', async () => {
    await button(page, 'Account of eve').click();
    await page.getByRole('link', { name: 'Account settings' }).click();
    await page.getByRole('tab', { name: 'Git Providers' }).click();
    await configured('Acme GitHub').getByText('Not configured').waitFor();
    await configured('Acme GitLab').getByText('Not configured').waitFor();
  });

  stage.test('step 2: one is ticked, and a link leads to where its tokens are made', async () => {
    const form = await tick('Acme GitLab');
    const link = form.getByRole('link', { name: /^Create a token on/ });
    expect(await link.getAttribute('href')).toContain(stage.world.gitlab.simulator.webUrl);
    await form.getByText('read_api').waitFor();
  });

  stage.test(
    'step 2: a wrong token is refused with the reason, and nothing that was typed is lost',
    async () => {
      const form = dialog().getByRole('group', { name: 'Acme GitLab', exact: true });
      await field(form, 'Username (optional)').fill('eve');
      await field(form, 'Token').fill('glpat-of-somebody-else');
      await button(form, 'Create configuration').click();
      await form
        .getByRole('alert')
        .getByText('enter a token that has neither expired nor been revoked')
        .waitFor();
      expect(await field(form, 'Token').inputValue()).toBe('glpat-of-somebody-else');
      expect(await field(form, 'Username (optional)').inputValue()).toBe('eve');
    },
  );

  stage.test('step 2: a token of another person than the username says is refused', async () => {
    const form = dialog().getByRole('group', { name: 'Acme GitLab', exact: true });
    await field(form, 'Token').fill(gitlabToken(stage.world.gitlab, 'ada'));
    await button(form, 'Create configuration').click();
    await form.getByText(/belongs to/).waitFor();
  });

  stage.test('step 2: Create configuration saves username and token', async () => {
    const form = dialog().getByRole('group', { name: 'Acme GitLab', exact: true });
    await field(form, 'Token').fill(gitlabToken(stage.world.gitlab, 'eve'));
    await button(form, 'Create configuration').click();
    await page.getByText('Acme GitLab is configured').waitFor();
    await dialog().waitFor({ state: 'hidden' });
  });

  stage.test('step 3: it is marked as configured, and its repositories are there', async () => {
    await configured('Acme GitLab').getByText('Configured as eve').waitFor();
    await goTo(page, 'Git Providers');
    await page
      .getByRole('list', { name: 'Git providers' })
      .getByText('Configured', { exact: true })
      .waitFor();
    await goTo(page, 'Repositories');
    await page.getByRole('main').getByText('4 repositories', { exact: true }).waitFor();
  });

  stage.test('Edit configuration puts another token in its place, and never shows the old one', async () => {
    await visit.open('/account?tab=git-providers');
    const form = await tick('Acme GitLab');
    expect(await field(form, 'Token').inputValue()).toBe('');
    await field(form, 'Token').fill(gitlabToken(stage.world.gitlab, 'eve'));
    await button(form, 'Update').click();
    await dialog().waitFor({ state: 'hidden' });
    await configured('Acme GitLab').getByText('Configured as eve').waitFor();
  });
});

describe('How to configure a git provider: code', () => {
  let client: Client;

  stage.test('step 1: the API is had with an API token, which the account settings make', async () => {
    await visit.open('/account?tab=api-tokens');
    await button(page, 'Create token').click();
    const form = page.getByRole('dialog');
    await field(form, 'Name').fill('Notebook');
    await form.getByRole('checkbox', { name: /^Manage/ }).check();
    await button(form, 'Create').click();
    const token = await copiedBy(page, form.getByRole('button', { name: /^Copy/ }));
    await button(form, 'Done').click();
    client = createClient({ baseUrl: `${stage.world.server.url}/api/v1`, token });
    expect((await client.getProviders()).map(({ provider }) => provider)).toEqual(['GitLab']);
  });

  stage.test('step 2: setProvider configures a git provider with username and token', async () => {
    const { github } = stage.world;
    const { host } = new URL(github.simulator.webUrl);
    await client.setProvider('GitHub', 'eve', githubToken(github, 'eve'), { host });
    expect(await client.getProvider('GitHub')).toMatchObject({ name: 'Acme GitHub', username: 'eve', host });
    await page.getByRole('tab', { name: 'Git Providers' }).click();
    await page.reload();
    await configured('Acme GitHub').getByText('Configured as eve').waitFor();
  });

  stage.test('deleteProvider takes it away again', async () => {
    await client.deleteProvider('GitHub');
    await page.reload();
    await configured('Acme GitHub').getByText('Not configured').waitFor();
  });
});
