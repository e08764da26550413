import { beforeAll, describe, expect } from '@jest/globals';
import type { GithubSimulator } from '@anyforge/forge-simulator';
import { decideInWindow } from './testing/consent.js';
import type { Forge } from './testing/forges.js';
import { startGithub } from './testing/forges.js';
import { hold } from './testing/hold.js';
import { HttpsProxy } from './testing/https-proxy.js';
import { administrator, password, PageServer } from './testing/page-server.js';
import { Stage } from './testing/stage.js';
import type { Visit } from './testing/visit.js';

interface ProxiedWorld {
  readonly server: PageServer;
  readonly github: Forge<GithubSimulator>;
  close(): Promise<void>;
}

/** All at once that may differ from a server on one's own machine: https, a proxy that takes it, a path below which the page is. */
async function startProxied(): Promise<ProxiedWorld> {
  const [proxy, github] = await Promise.all([HttpsProxy.start(), startGithub()]);
  const server = await PageServer.start({ PUBLIC_URL: `${proxy.url}/tools/forges`, TRUST_PROXY: '1' });
  proxy.leadTo(server.listensAt);
  return {
    server,
    github,
    close: async () => {
      await server.close();
      await proxy.close();
      await github.simulator.close();
    },
  };
}

const stage = new Stage(startProxied);

/** The administrator's browser, which does not mind that nobody vouches for the certificate. */
async function visitAsAdministrator(): Promise<Visit> {
  const visit = await stage.visit({ browser: { ignoreHTTPSErrors: true } });
  await visit.open('/');
  await visit.page.getByLabel('Username').fill(administrator);
  await visit.page.getByLabel('Password', { exact: true }).fill(password);
  await visit.page.getByRole('button', { name: 'Sign in' }).click();
  await visit.page.getByRole('button', { name: `Account of ${administrator}` }).waitFor();
  return visit;
}

describe('the page behind a proxy that takes https, below a path', () => {
  let visit: Visit;

  beforeAll(async () => {
    visit = await visitAsAdministrator();
  });

  stage.test(
    'signs people in with a cookie that is for https, for the server and for this host alone',
    async () => {
      const [cookie] = await visit.context.cookies();
      expect(cookie).toMatchObject({ secure: true, httpOnly: true, path: '/' });
      expect(cookie?.name).toMatch(/^__Host-/);
    },
  );

  stage.test('runs no script but its own, whatever gets into it', async () => {
    const { page, watch, close } = await visitAsAdministrator();
    const response = await page.reload();
    const policy = response?.headers()['content-security-policy'] ?? '';
    expect(policy).toMatch(/script-src 'self'(;|$)/);
    expect(policy).not.toMatch(/unsafe-(inline|eval)/);
    watch.expect(/Content Security Policy/);
    const run = `(() => {
      const script = document.createElement('script');
      script.textContent = 'window.injected = true';
      document.body.append(script);
      return window.injected === true;
    })()`;
    expect(await page.evaluate(run)).toBe(false);
    await close();
  });

  stage.test('adds a git provider, with a test in a window, and follows its sync', async () => {
    const { server, github } = stage.world;
    const { page, open } = visit;
    await open('/git-providers/new');
    await page.getByRole('radio', { name: 'GitHub' }).click();
    await page.getByRole('switch', { name: 'GitHub Enterprise' }).click();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Acme Hub');
    await page.getByRole('textbox', { name: 'Base URL' }).fill(github.simulator.webUrl);
    const redirectUrl = (await page.getByText('/oauth/callback').first().textContent()) ?? '';
    expect(redirectUrl.startsWith(`${server.url}/oauth/callback`)).toBe(true);
    const { clientId, clientSecret = '' } = github.simulator.oauth.registerClient({
      name: 'anyforge',
      redirectUris: [redirectUrl],
    });
    await page.getByRole('textbox', { name: 'Client ID' }).fill(clientId);
    await page.getByRole('textbox', { name: 'Client secret' }).fill(clientSecret);
    await decideInWindow(page, { username: 'ada' }, () =>
      page.getByRole('button', { name: 'Run test' }).click(),
    );
    await page.getByText('You’re good to go').or(page.getByText("You're good to go")).waitFor();
    // The sync must not be over before the page asks how it goes.
    const letGo = hold(github.simulator, '/user/repos');
    const events = page.waitForResponse((response) =>
      (response.headers()['content-type'] ?? '').startsWith('text/event-stream'),
    );
    await page.getByRole('button', { name: 'Add git provider' }).click();
    await page.getByText('Signed in as ada').waitFor();
    expect((await events).url().startsWith(`${server.url}/api/v1/`)).toBe(true);
    letGo();
    await page.getByText('Sync done').waitFor();
  });

  stage.test('makes links that lead back to it', async () => {
    const { server } = stage.world;
    const { page, open } = visit;
    await open('/people');
    await page.getByRole('button', { name: 'Invite' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Username').fill('eve');
    await dialog.getByRole('button', { name: 'Invite' }).click();
    const link = await dialog.getByLabel('Link to choose a password').inputValue();
    expect(link.startsWith(`${server.url}/choose-password#`)).toBe(true);
    const invited = await stage.visit({ browser: { ignoreHTTPSErrors: true } });
    await invited.page.goto(link);
    await invited.page.getByText('This is your account on this server: eve').waitFor();
    await invited.close();
  });

  stage.test('shows every screen at its own address, and goes from one to the other', async () => {
    const { server } = stage.world;
    const { page, open } = visit;
    await open('/repositories');
    await page.getByRole('link', { name: 'acme/api', exact: true }).click();
    await page.getByRole('heading', { name: 'acme/api', level: 1 }).waitFor();
    const repository = page.url();
    await page.getByRole('link', { name: 'Git Providers', exact: true }).click();
    await page.getByRole('link', { name: 'Acme Hub', exact: true }).click();
    await page.getByRole('heading', { name: 'Acme Hub', level: 1 }).waitFor();
    const gitProvider = page.url();
    for (const [address, title] of [
      [repository, 'acme/api'],
      [gitProvider, 'Acme Hub'],
    ] as const) {
      expect(address.startsWith(`${server.url}/`)).toBe(true);
      await page.goto(address);
      await page.getByRole('heading', { name: title, level: 1 }).waitFor();
    }
    for (const [path, title] of [
      ['/', 'Repositories'],
      ['/why', 'Why do I (not) see a repository?'],
      ['/git-providers/new', 'Add git provider'],
      ['/account?tab=sessions', 'Account settings'],
      ['/people', 'People'],
      ['/health', 'Health'],
      ['/syncs', 'Syncs'],
    ] as const) {
      await open(path);
      await page.getByRole('heading', { name: title, level: 1, exact: true }).waitFor();
    }
  });
});
