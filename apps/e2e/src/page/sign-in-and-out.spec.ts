import { beforeAll, describe, expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { decideInWindow, windowCloses } from './testing/consent.js';
import type { AddedProvider } from './testing/page-world.js';
import { addProvider, startPageWorld } from './testing/page-world.js';
import { button, field, goTo, rowOf, section } from './testing/parts.js';
import { Stage } from './testing/stage.js';

const stage = new Stage(startPageWorld);
let page: Page;
let github: AddedProvider;

beforeAll(async () => {
  const { world } = stage;
  github = await addProvider(world.server, { name: 'Acme GitHub', type: 'github', forge: world.github });
  await addProvider(world.server, { name: 'Acme GitLab', type: 'gitlab', forge: world.gitlab });
  const visit = await stage.visit({ as: 'ada' });
  ({ page } = visit);
  await visit.open('/');
});

/** Confirms what signing out does, and waits until it is done. */
async function confirmSignOut(name: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: `Sign out of ${name}?` });
  await dialog.getByText(`The authorization that you have given stays in your account at ${name}`).waitFor();
  await button(dialog, 'Sign out').click();
  await dialog.waitFor({ state: 'hidden' });
}

describe('Sign in', () => {
  stage.test('nothing is listed of git providers that I am not signed in to', async () => {
    await page.getByRole('heading', { name: 'Sign in to see your repositories' }).waitFor();
  });

  stage.test('way 2: Sign in, in the list of git providers', async () => {
    await goTo(page, 'Git Providers');
    await decideInWindow(page, { username: 'ada' }, () =>
      button(rowOf(page, 'Acme GitHub'), 'Sign in to Acme GitHub').click(),
    );
    await rowOf(page, 'Acme GitHub').getByText('Signed in as ada').waitFor();
  });

  stage.test('it synchronizes repositories and permissions by itself', async () => {
    await goTo(page, 'Repositories');
    await page.getByText('6 repositories', { exact: true }).waitFor();
  });

  stage.test('way 3: Sign in, on the page of the git provider', async () => {
    await goTo(page, 'Git Providers');
    await page.getByRole('link', { name: 'Acme GitLab', exact: true }).click();
    await decideInWindow(page, { username: 'eve' }, () =>
      button(section(page, 'Your sign-in'), 'Sign in to Acme GitLab').click(),
    );
    await section(page, 'Your sign-in').getByText('Signed in as eve').waitFor();
  });

  stage.test('way 1: the test of a git provider that is being added', async () => {
    const { simulator } = stage.world.gitlab;
    const token = simulator.tokens.issue({
      kind: 'personal',
      person: stage.world.gitlab.ada,
      scopes: ['read_api', 'read_repository'],
    });
    await goTo(page, 'Git Providers');
    await page.getByRole('link', { name: 'Add', exact: true }).click();
    await page.getByRole('radio', { name: 'GitLab', exact: true }).click();
    const general = section(page, '2. General settings');
    await field(general, 'Name').fill('Tokens only');
    await general.getByRole('switch', { name: /^Self-hosted/ }).click();
    await field(general, 'Base URL').fill(simulator.webUrl);
    const test = section(page, '4. Test');
    await button(test, 'Run test').click();
    await field(test, 'Token').fill(token);
    await button(test, 'Use this token').click();
    await test.getByRole('alert', { name: "You're good to go." }).waitFor();
    await button(page, 'Add git provider').click();
    await rowOf(page, 'Tokens only').getByText('Signed in as ada').waitFor();
  });

  stage.test('the username is shown, which differs from one git provider to the next', async () => {
    await goTo(page, 'Git Providers');
    await rowOf(page, 'Acme GitHub').getByText('Signed in as ada').waitFor();
    await rowOf(page, 'Acme GitLab').getByText('Signed in as eve').waitFor();
  });
});

describe('Sign out', () => {
  stage.test('way 1: Sign out, in the list of git providers', async () => {
    const row = rowOf(page, 'Acme GitHub');
    await button(row, 'Sign out of Acme GitHub').click();
    await confirmSignOut('Acme GitHub');
    await row.getByText('Not signed in').waitFor();
  });

  stage.test(
    'it removes the token here, with all permissions, and leaves the authorization there',
    async () => {
      await goTo(page, 'Repositories');
      await page
        .getByRole('cell', { name: /Acme GitLab/ })
        .first()
        .waitFor();
      await page
        .getByRole('cell', { name: /Acme GitHub/ })
        .first()
        .waitFor({ state: 'detached' });
      const { api } = await stage.world.server.person('ada');
      const { items } = await api.GET('/repositories');
      expect(items.filter(({ gitProviderId }) => gitProviderId === github.id)).toEqual([]);
      expect(stage.world.github.simulator.oauth.grants.map(({ revoked }) => revoked)).toEqual([false]);
    },
  );

  stage.test('whoever signs in again is not asked again where the git provider remembers', async () => {
    const { oauth } = stage.world.gitlab.simulator;
    oauth.rememberConsent();
    await goTo(page, 'Git Providers');
    const row = rowOf(page, 'Acme GitLab');
    const signIn = () => button(row, 'Sign in to Acme GitLab').click();
    await button(row, 'Sign out of Acme GitLab').click();
    await confirmSignOut('Acme GitLab');
    await decideInWindow(page, { username: 'ada' }, signIn);
    await row.getByText('Signed in as ada').waitFor();
    await button(row, 'Sign out of Acme GitLab').click();
    await confirmSignOut('Acme GitLab');
    await windowCloses(page, signIn);
    await row.getByText('Signed in as ada').waitFor();
  });

  stage.test('way 2: Sign out, on the page of the git provider', async () => {
    await page.getByRole('link', { name: 'Acme GitLab', exact: true }).click();
    const mine = section(page, 'Your sign-in');
    await button(mine, 'Sign out of Acme GitLab').click();
    await confirmSignOut('Acme GitLab');
    await mine.getByText('Not signed in').waitFor();
  });

  stage.test('the token ends there as well when that is ticked', async () => {
    await goTo(page, 'Git Providers');
    const row = rowOf(page, 'Acme GitHub');
    await decideInWindow(page, { username: 'ada' }, () => button(row, 'Sign in to Acme GitHub').click());
    await button(row, 'Sign out of Acme GitHub').click();
    const dialog = page.getByRole('dialog', { name: 'Sign out of Acme GitHub?' });
    await dialog.getByRole('checkbox', { name: 'Also end the token at Acme GitHub' }).check();
    await button(dialog, 'Sign out').click();
    await page.getByText('The token has ended at Acme GitHub as well.').waitFor();
    await row.getByText('Not signed in').waitFor();
    expect(stage.world.github.simulator.oauth.grants.map(({ revoked }) => revoked)).toEqual([false, true]);
  });
});
