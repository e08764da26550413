import { beforeAll, describe, expect } from '@jest/globals';
import type { OAuthClient, OAuthServer } from '@anyforge/forge-simulator';
import type { Page } from 'playwright-core';
import { decideInWindow, windowCloses } from './testing/consent.js';
import { startPageWorld } from './testing/page-world.js';
import { button, copiedBy, field, goTo, rowOf, section } from './testing/parts.js';
import { Stage } from './testing/stage.js';

const stage = new Stage(startPageWorld);
let page: Page;

beforeAll(async () => {
  stage.world.github.simulator.oauth.rememberConsent();
  const visit = await stage.visit({ as: 'ada' });
  ({ page } = visit);
  await visit.open('/');
});

/** Of the one whose page is open. */
function gitProviderId(): string {
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

/** Does at a forge what the page tells to do there. @param label of the redirect URL, in that forge's words */
async function registerApplication(oauth: OAuthServer, label: string): Promise<OAuthClient> {
  const help = page.getByRole('complementary', { name: 'How to register' });
  const redirectUrl = await copiedBy(page, button(help, `Copy ${label}`));
  return oauth.registerClient({ name: 'anyforge', redirectUris: [redirectUrl] });
}

describe('Add a git provider', () => {
  stage.test('step 1: Git Providers, at the top of the app, leads to the list', async () => {
    await goTo(page, 'Git Providers');
    await page.getByText('There is no git provider yet').waitFor();
  });

  stage.test('step 2: Add, in the list, opens a page of five sections', async () => {
    await page.getByRole('link', { name: 'Add', exact: true }).first().click();
    await page.getByRole('heading', { name: 'Add git provider', level: 1 }).waitFor();
  });

  stage.test('step 3: a type is selected, which cannot be changed afterwards', async () => {
    const type = section(page, '1. Type');
    await type.getByText('you won’t be able to change its type').waitFor();
    await type.getByRole('radio', { name: 'GitHub', exact: true }).click();
    for (const title of ['2. General settings', '3. OAuth', '4. Test', '5. Organization settings'])
      await section(page, title).waitFor();
  });

  stage.test(
    'step 4: the general settings are a name and, for an enterprise GitHub, its address',
    async () => {
      const general = section(page, '2. General settings');
      await field(general, 'Name').fill('Acme GitHub');
      expect(await field(general, 'Base URL').count()).toBe(0);
      await general.getByRole('switch', { name: /^GitHub Enterprise/ }).click();
      await field(general, 'Base URL').fill(stage.world.github.simulator.webUrl);
    },
  );

  stage.test('step 5: beside client ID and secret stands how to register the application there', async () => {
    const { simulator } = stage.world.github;
    const oauth = section(page, '3. OAuth');
    await oauth.getByRole('link', { name: 'Open the page to register' }).waitFor();
    await oauth.locator(`a[href^="${simulator.webUrl}/"]`).waitFor();
    const { clientId, clientSecret } = await registerApplication(
      simulator.oauth,
      'Authorization callback URL',
    );
    await field(oauth, 'Client ID').fill(clientId);
    await field(oauth, 'Client secret (optional)').fill(clientSecret ?? '');
  });

  stage.test('step 6: Run test signs in at the git provider, step by step, and saves nothing', async () => {
    const test = section(page, '4. Test');
    await decideInWindow(page, { username: 'ada' }, () => button(test, 'Run test').click());
    await test.getByRole('alert', { name: "You're good to go." }).waitFor();
    await test.getByText('Signed in as ada').waitFor();
    const steps = test.getByRole('list', { name: 'Steps of the test' }).getByRole('listitem');
    expect(await steps.filter({ hasNotText: ': passed' }).count()).toBe(0);
    const { api } = await stage.world.server.person('ada');
    expect((await api.GET('/git-providers')).items).toEqual([]);
  });

  stage.test('step 6, again: a test that is repeated asks for no consent', async () => {
    const test = section(page, '4. Test');
    const { log } = stage.world.github.simulator;
    const before = log.entries.length;
    const asked = log.waitFor(({ surface, sequence }) => surface === 'api' && sequence > before);
    const windows: Page[] = [];
    page.on('popup', (window) => windows.push(window));
    await button(test, 'Run test').click();
    await asked;
    await test.getByRole('alert', { name: "You're good to go." }).waitFor();
    expect(windows).toEqual([]);
  });

  stage.test('step 7: the organizations of the account of the test can be chosen', async () => {
    const settings = section(page, '5. Organization settings');
    await settings.getByText('personal repositories are listed, too').waitFor();
    await settings.getByRole('combobox', { name: 'Lock repositories to organizations' }).click();
    await page.getByRole('option', { name: 'acme' }).click();
    await page.keyboard.press('Escape');
    await settings.getByText('personal repositories are listed, too').waitFor({ state: 'hidden' });
  });

  stage.test('step 8: Add git provider adds it, and the sign-in of its test stays', async () => {
    await button(page, 'Add git provider').click();
    await rowOf(page, 'Acme GitHub').getByText('Signed in as ada').waitFor();
    await goTo(page, 'Repositories');
    await page.getByText('4 repositories', { exact: true }).waitFor();
  });

  stage.test('a self-hosted GitLab is added in the same way', async () => {
    const { simulator } = stage.world.gitlab;
    await goTo(page, 'Git Providers');
    await page.getByRole('link', { name: 'Add', exact: true }).click();
    await page.getByRole('radio', { name: 'GitLab', exact: true }).click();
    const general = section(page, '2. General settings');
    await field(general, 'Name').fill('Acme GitLab');
    await general.getByRole('switch', { name: /^Self-hosted/ }).click();
    await field(general, 'Base URL').fill(simulator.webUrl);
    const oauth = section(page, '3. OAuth');
    const { clientId, clientSecret } = await registerApplication(simulator.oauth, 'Redirect URI');
    await field(oauth, 'Application ID').fill(clientId);
    await field(oauth, 'Secret (optional)').fill(clientSecret ?? '');
    const test = section(page, '4. Test');
    await decideInWindow(page, { username: 'ada' }, () => button(test, 'Run test').click());
    await test.getByRole('alert', { name: "You're good to go." }).waitFor();
    await button(page, 'Add git provider').click();
    await rowOf(page, 'Acme GitLab').getByText('Signed in as ada').waitFor();
  });
});

describe('Update a git provider', () => {
  stage.test('step 1: Git Providers, at the top of the app, leads to the list', async () => {
    await goTo(page, 'Repositories');
    await goTo(page, 'Git Providers');
  });

  stage.test('step 2: a click on one in the list opens its page, where its type stands fast', async () => {
    await page.getByRole('link', { name: 'Acme GitHub', exact: true }).click();
    await page.getByRole('heading', { name: 'Acme GitHub', level: 1 }).waitFor();
    await section(page, 'General settings').getByText('GitHub', { exact: true }).waitFor();
    expect(await page.getByRole('radio', { name: 'GitLab' }).count()).toBe(0);
    const { api } = await stage.world.server.person('ada');
    const path = { id: gitProviderId() };
    const { headers } = await api.withHeaders.GET('/git-providers/{id}', { params: { path } });
    const header = { 'If-Match': headers.get('etag') ?? '' };
    const change = api.PATCH('/git-providers/{id}', {
      params: { path, header },
      body: JSON.parse('{ "type": "gitlab" }'),
    });
    await expect(change).rejects.toMatchObject({ status: 422 });
  });

  stage.test('step 3: whatever stands there can be changed, and an empty secret stays as it is', async () => {
    await field(section(page, 'General settings'), 'Name').fill('Acme');
    const secret = field(section(page, 'OAuth'), 'Client secret (optional)');
    expect(await secret.inputValue()).toBe('');
    expect(await secret.getAttribute('placeholder')).toBe('Unchanged');
  });

  stage.test('step 4: Update, at the bottom of the page, saves it', async () => {
    await button(page, 'Update').click();
    await page.getByText('Acme was updated').waitFor();
    await page.getByRole('heading', { name: 'Acme', level: 1, exact: true }).waitFor();
    const test = section(page, 'Test');
    // The forge takes the secret that is stored; and it remembers that it was asked before.
    await windowCloses(page, () => button(test, 'Run test').click());
    await test.getByRole('alert', { name: "You're good to go." }).waitFor();
    await goTo(page, 'Git Providers');
    await rowOf(page, 'Acme').getByText('Signed in as ada').waitFor();
  });
});

describe('Delete a git provider', () => {
  const dialog = () => page.getByRole('dialog', { name: 'Delete Acme?' });

  stage.test('step 1: Git Providers, at the top of the app, leads to the list', async () => {
    await goTo(page, 'Repositories');
    await goTo(page, 'Git Providers');
  });

  stage.test('step 2: a click on one in the list opens its page', async () => {
    await page.getByRole('link', { name: 'Acme', exact: true }).click();
    await page.getByRole('heading', { name: 'Acme', level: 1, exact: true }).waitFor();
  });

  stage.test('step 3: Delete, at the bottom of the page, asks for its name', async () => {
    await button(section(page, 'Delete'), 'Delete').click();
    await dialog().getByText('1 person is signed in to it').waitFor();
    expect(await button(dialog(), 'Confirm').isDisabled()).toBe(true);
  });

  stage.test('step 3: Confirm stays disabled for a wrong name', async () => {
    await field(dialog(), 'Type Acme to confirm').fill('Acme GitLab');
    expect(await button(dialog(), 'Confirm').isDisabled()).toBe(true);
    await page.keyboard.press('Enter');
    expect(await dialog().isVisible()).toBe(true);
  });

  stage.test('step 3: Confirm deletes it once the name is right, and then there is the list', async () => {
    const id = gitProviderId();
    await field(dialog(), 'Type Acme to confirm').fill('Acme');
    await button(dialog(), 'Confirm').click();
    await page.getByRole('heading', { name: 'Git Providers', level: 1, exact: true }).waitFor();
    await rowOf(page, 'Acme').waitFor({ state: 'detached' });
    await rowOf(page, 'Acme GitLab').waitFor();
    const { api } = await stage.world.server.person('ada');
    const { items } = await api.GET('/repositories');
    expect(items).not.toEqual([]);
    expect(items.filter(({ gitProviderId: itsId }) => itsId === id)).toEqual([]);
  });
});
