import { describe, expect } from '@jest/globals';
import { decideInWindow } from './testing/consent.js';
import { HttpsProxy } from './testing/https-proxy.js';
import { password, PageServer } from './testing/page-server.js';
import type { AddedProvider, PageWorld } from './testing/page-world.js';
import { addProvider, startPageWorld } from './testing/page-world.js';
import { Stage } from './testing/stage.js';

interface PeopleWorld extends PageWorld {
  readonly hub: AddedProvider;
  /** That nobody has visited yet. */
  readonly newServer: PageServer;
}

const withoutAdministrator = { ADMIN_USERNAME: undefined, ADMIN_PASSWORD: undefined };

const stage = new Stage(async (): Promise<PeopleWorld> => {
  const [world, newServer] = await Promise.all([startPageWorld(), PageServer.start(withoutAdministrator)]);
  const hub = await addProvider(world.server, { name: 'Acme Hub', type: 'github', forge: world.github });
  const close = async (): Promise<void> => {
    await newServer.close();
    await world.close();
  };
  return { ...world, hub, newServer, close };
});

describe('the first visit', () => {
  stage.test('makes the administrator, who is signed in then and can add a git provider', async () => {
    const { newServer } = stage.world;
    const { page, close } = await stage.visit();
    await page.goto(newServer.url);
    await page.getByRole('heading', { name: 'Set up anyforge' }).waitFor();
    await page.getByLabel('Username').fill('grace');
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByLabel('Repeat the password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Create administrator' }).click();
    await page.getByText('There is no git provider yet').waitFor();
    await page.getByRole('button', { name: 'Account of grace' }).waitFor();
    await page.goto(`${newServer.url}/set-up`);
    await page.getByText('This server is set up already.').waitFor();
    await close();
  });

  stage.test(
    'takes the code that the server has printed, where the server is not for this machine alone',
    async () => {
      const proxy = await HttpsProxy.start();
      const behind = { PUBLIC_URL: proxy.url, TRUST_PROXY: '1' };
      const server = await PageServer.start({ ...withoutAdministrator, ...behind });
      proxy.leadTo(server.listensAt);
      const { page, close } = await stage.visit({ browser: { ignoreHTTPSErrors: true } });
      try {
        const [, code = ''] = /set-up#code=(\S+)/.exec(server.output) ?? [];
        await page.goto(`${server.url}/set-up`);
        await page.getByLabel('Set-up code').fill('of-somebody-else');
        await page.getByLabel('Username').fill('grace');
        await page.getByLabel('Password', { exact: true }).fill(password);
        await page.getByLabel('Repeat the password', { exact: true }).fill(password);
        await page.getByRole('button', { name: 'Create administrator' }).click();
        await page.locator('[aria-invalid="true"]').waitFor();
        await page.getByLabel('Set-up code').fill(code);
        await page.getByRole('button', { name: 'Create administrator' }).click();
        await page.getByRole('button', { name: 'Account of grace' }).waitFor();
      } finally {
        await close();
        await server.close();
        await proxy.close();
      }
    },
  );
});

describe('two people', () => {
  stage.test('see nothing of each other: not in lists, not by links, not in the same browser', async () => {
    const ada = await stage.visit({ as: 'ada' });
    await ada.open('/git-providers');
    await decideInWindow(ada.page, { username: 'ada' }, () =>
      ada.page.getByRole('button', { name: 'Sign in to Acme Hub' }).click(),
    );
    await ada.page.getByText('Signed in as ada').waitFor();
    await ada.page.getByRole('link', { name: 'Repositories', exact: true }).click();
    const rockets = ada.page.getByRole('link', { name: 'globex/rockets', exact: true });
    await rockets.click();
    await ada.page.getByRole('heading', { name: 'globex/rockets' }).waitFor();
    const address = new URL(ada.page.url()).pathname;

    const eve = await stage.visit({ as: 'eve' });
    await eve.open(address);
    await eve.page.getByText('This repository is not in your list').waitFor();
    await eve.open('/git-providers');
    await decideInWindow(eve.page, { username: 'eve' }, () =>
      eve.page.getByRole('button', { name: 'Sign in to Acme Hub' }).click(),
    );
    await eve.page.getByText('Signed in as eve').waitFor();
    await eve.open('/repositories');
    await eve.page.getByRole('link', { name: 'acme/api', exact: true }).waitFor();
    expect(await eve.page.getByText('rockets').count()).toBe(0);
    await eve.open(address);
    await eve.page.getByText('This repository is not in your list').waitFor();
    await eve.open('/people');
    await eve.page.getByText('For administrators').waitFor();
    await eve.close();

    // Ada goes, and Eve takes her place at the same browser.
    await ada.page.getByRole('button', { name: 'Account of ada' }).click();
    await ada.page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await ada.page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await ada.page.goBack();
    await ada.page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await ada.page.getByText('rockets').count()).toBe(0);
    await ada.page.getByLabel('Username').fill('eve');
    await ada.page.getByLabel('Password', { exact: true }).fill(password);
    await ada.page.getByRole('button', { name: 'Sign in' }).click();
    await ada.page.getByRole('button', { name: 'Account of eve' }).waitFor();
    await ada.open('/repositories');
    await ada.page.getByRole('link', { name: 'acme/api', exact: true }).waitFor();
    expect(await ada.page.getByText('rockets').count()).toBe(0);
    await ada.close();
  });

  stage.test('in two tabs of one browser: where one signs out, nothing stays in the other', async () => {
    const { context, page, open, close } = await stage.visit({ as: 'ada' });
    await open('/repositories');
    await page.getByRole('link', { name: 'acme/api', exact: true }).waitFor();
    const other = await context.newPage();
    await other.goto(`${stage.world.server.url}/account`);
    await other.getByRole('button', { name: 'Account of ada' }).click();
    await other.getByRole('button', { name: 'Sign out', exact: true }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await page.getByText('acme/api').count()).toBe(0);
    await close();
  });
});

describe('a form that was filled in for somebody', () => {
  stage.test(
    'is not sent for another who has signed in meanwhile, and the page says why it is gone',
    async () => {
      const { server } = stage.world;
      const ada = await stage.visit({ as: 'ada' });
      const eve = await stage.visit({ as: 'eve' });
      const { api } = await server.person('eve');
      const before = await api.GET('/account');
      await ada.open('/account');
      const name = ada.page.getByRole('textbox', { name: 'Name', exact: true });
      await name.fill('What Ada typed');
      // No tab of the page has signed her in, so that none could have told the others.
      await ada.context.addCookies(await eve.context.cookies());
      const requests: (string | undefined)[] = [];
      ada.page.on('request', (request) => {
        if (request.method() === 'PATCH') requests.push(request.headers()['x-anyforge-person']);
      });
      await ada.page.getByRole('button', { name: 'Save' }).click();
      await ada.page.getByRole('button', { name: 'Account of eve' }).waitFor();
      await ada.page.getByText('Somebody else has signed in in this browser').waitFor();
      expect(await ada.page.getByText('What Ada typed').count()).toBe(0);
      const { api: ofAda } = await server.person('ada');
      const { id } = await ofAda.GET('/account');
      expect(requests).toEqual([id]);
      expect(await api.GET('/account')).toEqual(before);
      await ada.page.reload();
      await ada.page.getByRole('button', { name: 'Account of eve' }).waitFor();
      expect(await ada.page.getByText('Somebody else has signed in in this browser').count()).toBe(0);
      await ada.close();
      await eve.close();
    },
  );
});

describe('an account', () => {
  stage.test('begins with a link from an administrator, which works once', async () => {
    const ada = await stage.visit({ as: 'ada' });
    await ada.open('/people');
    await ada.page.getByRole('button', { name: 'Invite' }).click();
    const dialog = ada.page.getByRole('dialog');
    await dialog.getByLabel('Username').fill('joan');
    await dialog.getByRole('button', { name: 'Invite' }).click();
    const link = await dialog.getByLabel('Link to choose a password').inputValue();
    await dialog.getByRole('button', { name: 'Done' }).click();

    const joan = await stage.visit();
    await joan.page.goto(link);
    await joan.page.getByText('This is your account on this server: joan').waitFor();
    await joan.page.getByLabel('New password', { exact: true }).fill(password);
    await joan.page.getByLabel('Repeat the password', { exact: true }).fill(password);
    await joan.page.getByRole('button', { name: 'Choose and sign in' }).click();
    await joan.page.getByRole('button', { name: 'Account of joan' }).waitFor();
    await joan.close();

    const again = await stage.visit();
    await again.page.goto(link);
    await again.page.getByRole('alert').waitFor();
    expect(await again.page.getByLabel('New password', { exact: true }).count()).toBe(0);
    await again.close();
    await ada.close();
  });

  stage.test('has a password that its owner changes, which ends the sessions in other browsers', async () => {
    const changed = 'another horse, another battery';
    const here = await stage.visit({ as: 'mary' });
    const there = await stage.visit({ as: 'mary' });
    await there.open('/account');
    await there.page.getByLabel('Current password', { exact: true }).waitFor();
    await here.open('/account?tab=sessions');
    await here.page.getByRole('list', { name: 'Sessions' }).getByRole('listitem').nth(1).waitFor();
    await here.page.getByRole('tab', { name: 'Profile' }).click();
    await here.page.getByLabel('Current password', { exact: true }).fill(password);
    await here.page.getByLabel('New password', { exact: true }).fill(changed);
    await here.page.getByLabel('Repeat the new password', { exact: true }).fill(changed);
    await here.page.getByRole('button', { name: 'Change password' }).click();
    await here.page.getByText('Your password is changed').waitFor();
    await here.page.getByRole('tab', { name: 'Sessions' }).click();
    await here.page.getByText('This browser').waitFor();
    expect(await here.page.getByRole('list', { name: 'Sessions' }).getByRole('listitem').count()).toBe(1);

    await there.page.getByRole('tab', { name: 'API tokens' }).click();
    const dialog = there.page.getByRole('dialog', { name: 'Sign in again' });
    await dialog.getByLabel('Password', { exact: true }).fill(changed);
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await there.page.getByText('No API tokens').waitFor();
    await here.close();
    await there.close();
  });
});

describe('a session that ends', () => {
  stage.test('in the middle of a form takes nothing of what was typed', async () => {
    const { server, github } = stage.world;
    const { page, open, close } = await stage.visit({ as: 'ada' });
    await open('/git-providers/new');
    await page.getByRole('radio', { name: 'GitHub' }).click();
    await page.getByRole('switch', { name: 'GitHub Enterprise' }).click();
    await page.getByRole('textbox', { name: 'Base URL' }).fill(github.simulator.webUrl);
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Typed before');
    const { api } = await server.person('ada');
    await api.DELETE('/sessions');
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Typed after');
    await page.getByRole('button', { name: 'Add git provider' }).click();
    const dialog = page.getByRole('dialog', { name: 'Sign in again' });
    await dialog.getByLabel('Password', { exact: true }).fill('a wrong password');
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await dialog.getByText('The username or the password is wrong.').waitFor();
    await dialog.getByLabel('Password', { exact: true }).fill(password);
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Typed after was added').waitFor();
    await page
      .getByRole('list', { name: 'Git providers', exact: true })
      .getByRole('link', { name: 'Typed after' })
      .waitFor();
    await close();
  });

  stage.test('does not let anybody else go on with what was typed', async () => {
    const { context, page, open, close } = await stage.visit({ as: 'ada' });
    await open('/why');
    await page.getByLabel('Path or address of the repository').fill('a secret path');
    await page.getByLabel('Git provider').selectOption('Acme Hub');
    await context.clearCookies();
    await page.getByRole('button', { name: 'Find out why' }).click();
    const dialog = page.getByRole('dialog', { name: 'Sign in again' });
    await dialog.getByLabel('Username').fill('eve');
    await dialog.getByLabel('Password', { exact: true }).fill(password);
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'Account of eve' }).waitFor();
    expect(await page.getByText('a secret path').count()).toBe(0);
    await close();
  });
});

describe('a server that cannot be reached', () => {
  /** Eve is signed in to the git provider, and what she sees there has been listed. */
  async function connectEve(): Promise<void> {
    const { server, github, hub } = stage.world;
    const { api } = await server.person('eve');
    const token = github.simulator.tokens.issue({
      kind: 'classic',
      person: github.eve,
      scopes: ['repo', 'read:org'],
    });
    await api.PUT('/git-providers/{id}/connection', { params: { path: { id: hub.id } }, body: { token } });
  }

  stage.test('is said, and the page goes on by itself when it is back', async () => {
    const { context, page, watch, open, close } = await stage.visit({ as: 'eve' });
    await connectEve();
    watch.expect(/ERR_INTERNET_DISCONNECTED|Failed to load resource/);
    await open('/repositories');
    await page.getByRole('link', { name: 'acme/api', exact: true }).waitFor();
    await context.setOffline(true);
    const banner = page.getByText('The server can’t be reached right now.');
    await banner.waitFor();
    await context.setOffline(false);
    await banner.waitFor({ state: 'hidden' });
    await page.getByLabel('Search repositories').fill('billing');
    await page.getByText('1 repository matches').waitFor();
    await close();
  });

  stage.test('goes on with a sync when it is started again, and the page shows its end', async () => {
    const { server, github } = stage.world;
    const { page, watch, open, close } = await stage.visit({ as: 'eve' });
    watch.expect(
      /ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE_CHUNKED|ERR_CONNECTION_RESET|Failed to load/,
    );
    await connectEve();
    await open('/syncs');
    await page.getByRole('heading', { name: 'Syncs', exact: true }).waitFor();
    await page.getByRole('article').first().getByText('Done').first().waitFor();
    const hangs = github.simulator.faults.add({
      match: { surface: 'api', path: '/user/repos' },
      times: Infinity,
      effect: { kind: 'hang-before-headers' },
    });
    await page.getByRole('banner').getByRole('button', { name: 'Sync', exact: true }).click();
    await page.getByRole('button', { name: 'Syncing 0/1' }).waitFor();
    github.simulator.world.addRepository({ owner: github.eve, name: 'made-meanwhile' });
    const { api } = await server.person('eve');
    const [begun] = (await api.GET('/syncs')).items;
    expect(begun?.finishedAt).toBeUndefined();
    await server.kill();
    await page.getByText('The server can’t be reached right now.').waitFor();
    hangs.remove();
    await server.startAgain();
    await page.getByText('The server can’t be reached right now.').waitFor({ state: 'hidden' });
    await page.getByRole('banner').getByRole('button', { name: 'Sync', exact: true }).waitFor();
    await page.getByRole('article').first().getByText('Done').first().waitFor();
    const [ended] = (await api.GET('/syncs')).items;
    expect(ended).toMatchObject({ id: begun?.id, done: 1 });
    await page.getByRole('link', { name: 'Repositories', exact: true }).click();
    await page.getByRole('link', { name: 'eve/made-meanwhile', exact: true }).waitFor();
    await close();
  });
});
