import { beforeAll, describe, expect } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { connect, githubToken, gitlabToken } from './testing/connect.js';
import { holdRequests } from './testing/hold-requests.js';
import { addProvider, startPageWorld } from './testing/page-world.js';
import { button, copiedBy, field, goTo, section } from './testing/parts.js';
import { Stage } from './testing/stage.js';
import type { Visit } from './testing/visit.js';

const stage = new Stage(startPageWorld);
let visit: Visit;
let page: Page;

beforeAll(async () => {
  const { server, ...forges } = stage.world;
  const github = await addProvider(server, { name: 'Acme GitHub', type: 'github', forge: forges.github });
  const gitlab = await addProvider(server, { name: 'Acme GitLab', type: 'gitlab', forge: forges.gitlab });
  await connect(server, 'ada', github, githubToken(forges.github, 'ada'));
  await connect(server, 'ada', gitlab, gitlabToken(forges.gitlab, 'ada'));
  visit = await stage.visit({ as: 'ada' });
  ({ page } = visit);
  await visit.open('/repositories');
});

/** The paths that are listed, once there are so many. */
async function listed(words: string): Promise<readonly string[]> {
  await page.getByRole('main').getByRole('status').getByText(words, { exact: true }).waitFor();
  const table = page.getByRole('table', { name: 'My repositories' });
  return table.getByRole('link', { name: /^(?!Open )/ }).allTextContents();
}

/** The row of a repository at a git provider. */
function row(path: string, gitProvider: string): Locator {
  return page
    .getByRole('row')
    .filter({ has: page.getByRole('link', { name: path, exact: true }) })
    .filter({ hasText: gitProvider });
}

describe('The list of repositories', () => {
  stage.test('it has those of all git providers that I am signed in to', async () => {
    expect(await listed('12 repositories')).toHaveLength(12);
  });

  stage.test('it is searched as one types, and a reload keeps what was searched for', async () => {
    await field(page, 'Search repositories').fill('bill');
    expect(await listed('2 repositories match')).toEqual(['acme/billing', 'acme/billing']);
    expect(new URL(page.url()).searchParams.get('search')).toBe('bill');
    await page.reload();
    expect(await listed('2 repositories match')).toEqual(['acme/billing', 'acme/billing']);
    expect(await field(page, 'Search repositories').inputValue()).toBe('bill');
    await button(page, 'Clear the search').click();
    await listed('12 repositories');
  });

  stage.test('while a search is under way, what is said is said of the rows that are shown', async () => {
    const held = await holdRequests(page, '**/api/v1/repositories?*');
    await field(page, 'Search repositories').fill('rockets');
    await held.isAsked;
    await page.locator('[role="table"][aria-busy="true"]').waitFor();
    expect(await listed('12 repositories')).toHaveLength(12);
    await held.letGo();
    expect(await listed('2 repositories match')).toHaveLength(2);
    await button(page, 'Clear the search').click();
    await listed('12 repositories');
  });

  stage.test('filters stand in the address, survive a reload, and are taken away one by one', async () => {
    await button(page, 'Filters').click();
    await page.getByRole('combobox', { name: 'Git provider', exact: true }).selectOption('Acme GitHub');
    await page.getByRole('combobox', { name: 'Visibility', exact: true }).selectOption('Private');
    expect(await listed('4 repositories match')).toEqual([
      'acme/billing',
      'acme/infrastructure',
      'ada/dotfiles',
      'globex/rockets',
    ]);
    await page.reload();
    await listed('4 repositories match');
    const active = page.getByRole('group', { name: 'Active filters' });
    await active.getByRole('button', { name: /Private/ }).click();
    await listed('6 repositories match');
    await button(active, 'Clear filters').click();
    await listed('12 repositories');
    expect(new URL(page.url()).search).toBe('');
  });

  stage.test('it is sorted by its columns', async () => {
    const first = page.getByRole('row').nth(1);
    await first.getByRole('link', { name: 'acme/api', exact: true }).waitFor();
    await page.getByRole('columnheader', { name: 'Repository' }).getByRole('button').click();
    await first.getByRole('link', { name: 'globex/rockets', exact: true }).waitFor();
    await visit.open('/repositories');
  });

  stage.test('the forge’s own word for a permission is shown to whoever points at it', async () => {
    const github = row('acme/api', 'Acme GitHub');
    await github.getByText(/^Admin/).hover();
    await page.getByRole('tooltip', { name: 'Acme GitHub says: admin' }).waitFor();
    await row('acme/api', 'Acme GitLab')
      .getByText(/^Admin/)
      .hover();
    await page.getByRole('tooltip', { name: /^Acme GitLab says: / }).waitFor();
  });

  stage.test('the clone menu copies the address that git wants', async () => {
    await row('acme/billing', 'Acme GitHub').getByRole('button', { name: 'Clone acme/billing' }).click();
    const copied = await copiedBy(page, button(page, 'Copy HTTPS address'));
    expect(copied).toBe(`${stage.world.github.simulator.webUrl}/acme/billing.git`);
  });
});

describe('The page of a repository', () => {
  stage.test('it says what is known, and how one gets a copy', async () => {
    await row('acme/billing', 'Acme GitHub').getByRole('link', { name: 'acme/billing', exact: true }).click();
    await page.getByRole('heading', { name: 'acme/billing', level: 1 }).waitFor();
    await section(page, 'Facts').getByText('Private').waitFor();
    const copy = button(section(page, 'Clone'), 'Copy the HTTPS command');
    expect(await copiedBy(page, copy)).toBe(
      `git clone ${stage.world.github.simulator.webUrl}/acme/billing.git`,
    );
  });

  stage.test('it says who may do what there, as far as my sign-in may know', async () => {
    const people = section(page, 'Who may do what');
    await people.getByText('2 accounts').waitFor();
    await people.getByRole('row', { name: /^ada You .*Admin/ }).waitFor();
    await people.getByRole('row', { name: /^eve .*Read/ }).waitFor();
  });

  stage.test('it says why I see it', async () => {
    const why = section(page, 'Why do I see this?');
    await button(why, 'Find out why').click();
    await why.getByText('acme/billing is in your list').waitFor();
    await why.getByRole('list', { name: 'Step by step' }).getByText('Permission: Passed').waitFor();
  });
});

describe('Why do I not see a repository?', () => {
  stage.test('whoever misses one learns what keeps it from their list', async () => {
    await goTo(page, 'Repositories');
    await page.getByRole('link', { name: 'Is one missing?' }).click();
    await field(page, 'Path or address of the repository').fill(
      `${stage.world.gitlab.simulator.webUrl}/globex/secret`,
    );
    await button(page, 'Find out why').click();
    await page.getByText('globex/secret is not in your list').waitFor();
    await page
      .getByRole('list', { name: 'Step by step' })
      .getByText(/This decides/)
      .waitFor();
    expect(new URL(page.url()).searchParams.get('path')).toBe('globex/secret');
  });
});
