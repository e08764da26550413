import { describe, expect } from '@jest/globals';
import { providerClient, TestIdentityProvider } from '@anyforge/server/testing/identity-provider';
import { field } from './testing/parts.js';
import { PageServer } from './testing/page-server.js';
import { Stage } from './testing/stage.js';

interface SingleSignOnWorld {
  readonly server: PageServer;
  /** Who sits before the browser there is signed in there, and asked nothing. */
  readonly identityProvider: TestIdentityProvider;
  close(): Promise<void>;
}

async function startSingleSignOn(): Promise<SingleSignOnWorld> {
  const server = await PageServer.start();
  // Each has to know where the other is.
  const identityProvider = await TestIdentityProvider.start(`${server.url}/sign-in/callback`);
  await server.kill();
  await server.startAgain({
    OIDC_ISSUER: identityProvider.issuer,
    OIDC_CLIENT_ID: providerClient.id,
    OIDC_CLIENT_SECRET: providerClient.secret,
    OIDC_DISPLAY_NAME: 'Acme',
  });
  const close = async (): Promise<void> => {
    await server.close();
    await identityProvider.close();
  };
  return { server, identityProvider, close };
}

const stage = new Stage(startSingleSignOn);
const grace = { subject: 'subject-of-grace', claims: { preferred_username: 'grace', name: 'Grace Hopper' } };

describe('sign-in with an identity provider', () => {
  stage.test('makes newcomers members, and leads to where they wanted to go', async () => {
    stage.world.identityProvider.account = grace;
    const { page, open, close } = await stage.visit();
    await open('/why');
    await page.getByRole('link', { name: 'Sign in with Acme' }).click();
    await page.getByRole('heading', { name: 'Why do I (not) see a repository?' }).waitFor();
    await page.getByRole('button', { name: 'Account of grace' }).waitFor();
    expect(await page.getByRole('link', { name: 'People' }).count()).toBe(0);
    await close();
  });

  stage.test('tells whom it does not let in, and leads back to the sign-in', async () => {
    const { identityProvider } = stage.world;
    identityProvider.account = undefined;
    const { page, open, close } = await stage.visit();
    await open('/sign-in');
    await page.getByRole('link', { name: 'Sign in with Acme' }).click();
    await page.getByText('The identity provider said no').waitFor();
    await page.getByRole('link').click();
    identityProvider.account = grace;
    await page.getByRole('link', { name: 'Sign in with Acme' }).click();
    await page.getByRole('button', { name: 'Account of grace' }).waitFor();
    await close();
  });

  stage.test(
    'goes on in another tab after a session has ended, and nothing that was typed is lost',
    async () => {
      stage.world.identityProvider.account = grace;
      const { context, page, open, close } = await stage.visit();
      await open('/account?tab=api-tokens');
      await page.getByRole('link', { name: 'Sign in with Acme' }).click();
      await page.getByRole('button', { name: 'Create token' }).click();
      const form = page.getByRole('dialog', { name: 'Create token' });
      await field(form, 'Name').fill('Typed before');
      await context.clearCookies();
      await form.getByRole('button', { name: 'Create', exact: true }).click();
      const again = page.getByRole('dialog', { name: 'Sign in again' });
      await again.getByRole('link', { name: 'Sign in with Acme in a new tab' }).click();
      await again.waitFor({ state: 'hidden' });
      await page.getByLabel('API token', { exact: true }).waitFor();
      await page.getByRole('button', { name: 'Done' }).click();
      await page.getByText('Typed before').waitFor();
      await close();
    },
  );
});
