import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Hub } from '../hub.js';
import type { Role } from '../store/rows/people.js';
import { callerOf } from '../testing/callers.js';
import type { FakeAccount } from '../testing/fake-forge.js';
import { fakeRepositories, fakeRepository, FakeForge } from '../testing/fake-forge.js';
import { addProvider, syncEnd, syncWhen, TestHubs } from '../testing/test-hub.js';
import type { Explanation } from './explanation.js';
import { explanationSteps } from './explanation.js';

const listed = 'acme/repository-000001';

describe('why somebody sees a repository or not', () => {
  let hubs: TestHubs;
  let forge: FakeForge;
  let hub: Hub;
  let gitProviderId: string;
  let account: FakeAccount;

  beforeEach(async () => {
    hubs = new TestHubs();
    forge = new FakeForge();
    hub = await hubs.open(forge);
    gitProviderId = await addProvider(hub);
    account = forge.addAccount('token', 'ada', fakeRepositories(3));
    account.scopes = ['repo'];
    account.missingScopes = [];
  });

  afterEach(() => hubs.cleanUp());

  async function signIn(): Promise<void> {
    const { syncId } = await hub.connections.putToken(callerOf('ada'), gitProviderId, { token: 'token' });
    await syncEnd(hub, 'ada', syncId);
  }

  async function synchronize(): Promise<void> {
    const { id } = await hub.syncs.start('ada');
    await syncEnd(hub, 'ada', id);
  }

  function explain(path: string, role?: Role): Promise<Explanation> {
    return hub.explanations.explain('ada', { provider: gitProviderId, path }, { role });
  }

  function statuses({ steps }: Explanation): Readonly<Record<string, string>> {
    expect(steps.map(({ step }) => step)).toEqual(explanationSteps);
    return Object.fromEntries(steps.map(({ step, status }) => [step, status]));
  }

  const allPassed = Object.fromEntries(explanationSteps.map((step) => [step, 'passed']));

  it('is told of a repository in the list', async () => {
    await signIn();
    const explanation = await explain(listed);
    expect(explanation).toMatchObject({
      gitProviderId,
      path: listed,
      listed: true,
      permission: { level: 'write', native: 'push' },
      verdict: { detail: 'It is in your list.' },
    });
    expect(statuses(explanation)).toEqual(allPassed);
  });

  it.each(['/acme/repository-000001.git', ' ACME/Repository-000001 ', 'acme/repository-000001/'])(
    'takes a path as people have it: %j',
    async (path) => {
      await signIn();
      expect(await explain(path)).toMatchObject({ listed: true, path: listed });
    },
  );

  it('takes the name of the git provider too, and no one that there is not', async () => {
    await signIn();
    const request = { provider: 'FORGE', path: listed };
    expect(await hub.explanations.explain('ada', request)).toMatchObject({ gitProviderId, listed: true });
    await expect(hub.explanations.explain('ada', { ...request, provider: 'other' })).rejects.toMatchObject({
      kind: 'not_found',
    });
  });

  it.each(['', ' / ', '.git', 'a'.repeat(1001), `a${'/'.repeat(1_000_000)}a`])(
    'refuses what is no path: %#',
    async (path) => {
      await expect(explain(path)).rejects.toMatchObject({
        kind: 'invalid_input',
        issues: [{ path: 'path' }],
      });
    },
  );

  it('begins with the sign-in, and tells nothing else without one', async () => {
    const others = Object.fromEntries(explanationSteps.map((step) => [step, 'skipped']));
    const explanation = await explain(listed);
    expect(explanation.verdict).toEqual({ step: 'signed_in', detail: 'You are not signed in to Forge.' });
    expect(statuses(explanation)).toEqual({ ...others, signed_in: 'failed' });
    expect(new Set(explanation.steps.slice(1).map(({ detail }) => detail))).toEqual(
      new Set(['This can be found out once the problem above is solved.']),
    );
    expect(forge.requests).toEqual([]);
  });

  it('tells of a repository that others see the same as of one that there is not', async () => {
    const secret = fakeRepository('secret', { path: 'hidden/secret' });
    forge.addAccount('token-of-grace', 'grace', [secret]);
    await hub.connections.putToken(callerOf('grace'), gitProviderId, { token: 'token-of-grace' });
    await signIn();
    const hidden = await explain('hidden/secret');
    const absent = await explain('hidden/absent');
    expect(hidden.verdict.step).toBe('permission');
    expect(hidden.permission).toBeUndefined();
    expect({ ...hidden, path: '' }).toEqual({ ...absent, path: '' });
  });

  it('says when the sign-in needs attention, and does not ask the forge then', async () => {
    await signIn();
    forge.accounts.clear();
    await synchronize();
    const asked = forge.requests.length;
    const explanation = await explain(listed);
    expect(explanation.verdict).toEqual({
      step: 'connection',
      detail: 'The token is wrong or was revoked.',
    });
    expect(statuses(explanation)).toMatchObject({ connection: 'failed', permission: 'skipped' });
    expect(forge.requests).toHaveLength(asked);
  });

  it('says when the forge has revoked the sign-in since', async () => {
    await signIn();
    forge.accounts.clear();
    const explanation = await explain('acme/other');
    expect(explanation.verdict.step).toBe('connection');
  });

  it('says which scopes are missing, unless the repository is reached without them', async () => {
    account.missingScopes = ['read:org'];
    await signIn();
    const explanation = await explain('acme/other');
    expect(statuses(explanation)).toMatchObject({ token_scopes: 'unknown', permission: 'failed' });
    expect(explanation.steps[6]?.repair?.text).toBe(
      'Check the path, sign in again with read:org, or ask for access for ada.',
    );
    expect(statuses(await explain(listed))).toEqual(allPassed);
  });

  it('says when the forge wants a scope for it', async () => {
    await signIn();
    forge.before = ({ kind }) => {
      if (kind === 'repository') throw forge.error('insufficient_scope', 'It takes the scope read_api.');
    };
    expect((await explain('acme/other')).verdict).toEqual({
      step: 'token_scopes',
      detail: 'It takes the scope read_api.',
    });
  });

  it('says when the organization was left out of the list, with the link that leads in', async () => {
    account.omitted = [
      {
        organization: { id: '1', path: 'Secure' },
        reason: 'sso_required',
        url: 'https://forge.test/orgs/secure/sso',
      },
    ];
    await signIn();
    const { verdict, steps } = await explain('secure/api');
    expect(verdict.step).toBe('organization_access');
    expect(steps[3]).toMatchObject({ repair: { url: 'https://forge.test/orgs/secure/sso' } });
    expect(steps[5]?.detail).toContain('It left out Secure.');
    expect((await explain('secure-2/api')).verdict.step).toBe('permission');
  });

  it('says once that organizations were left out whose names were not told', async () => {
    account.omitted = [
      { organization: { id: '1' }, reason: 'sso_required' },
      { organization: { id: '2' }, reason: 'sso_required' },
    ];
    await signIn();
    expect((await explain('acme/other')).steps[5]?.detail).toContain(
      'It left out an organization whose name was not told.',
    );
  });

  it('drops a link that leads away from the forge', async () => {
    account.omitted = [
      { organization: { path: 'secure' }, reason: 'organization_restricted', url: 'https://evil.test/' },
    ];
    await signIn();
    expect(JSON.stringify(await explain('secure/api'))).not.toContain('evil.test');
  });

  it('says what the forge says of an organization that keeps the credential out', async () => {
    await signIn();
    forge.before = ({ kind }) => {
      if (kind === 'repository') throw forge.error('sso_required', 'Authorize the token for Acme.');
    };
    expect((await explain('acme/other')).verdict).toEqual({
      step: 'organization_access',
      detail: 'Authorize the token for Acme.',
    });
  });

  async function restrict(patterns: readonly string[]): Promise<void> {
    account.unlisted = [
      fakeRepository('9', { path: 'acme/legacy-api' }),
      fakeRepository('8', { path: 'me/x' }),
    ];
    await signIn();
    const settings = { organizations: [{ id: '1', path: 'acme' }], patterns };
    await hub.gitProviders.update(callerOf('administrator'), gitProviderId, settings);
  }

  it('tells members that the organization settings decide, and not by which names', async () => {
    await restrict(['acme/repository-*', '!acme/legacy-*']);
    const leftOut = {
      step: 'organization_settings',
      detail: 'The organization settings of Forge leave it out.',
    };
    for (const path of ['me/x', 'acme/legacy-api', 'acme/other']) {
      const explanation = await explain(path);
      expect(explanation.verdict).toEqual(leftOut);
      expect(JSON.stringify(explanation)).not.toMatch(/of acme|pattern|\*/);
    }
    expect((await explain(listed)).steps[4]).toMatchObject({
      status: 'passed',
      detail: 'The organization settings of Forge let it through.',
    });
  });

  it('knows an organization of the lock that is called otherwise now by what is listed there', async () => {
    const settings = { organizations: [{ id: '1', path: 'acme' }] };
    await hub.gitProviders.update(callerOf('administrator'), gitProviderId, settings);
    account.organizations = [{ id: '1', path: 'renamed', name: 'Acme' }];
    account.repositories = [fakeRepository('1', { path: 'renamed/api' })];
    account.unlisted = [fakeRepository('9', { path: 'renamed/new' }), fakeRepository('8', { path: 'me/x' })];
    await signIn();
    expect(statuses(await explain('renamed/new'))).toMatchObject({
      organization_settings: 'passed',
      last_sync: 'failed',
    });
    expect(statuses(await explain('me/x'))).toMatchObject({ organization_settings: 'failed' });
  });

  it('tells administrators which lock or pattern leaves it out', async () => {
    await restrict(['**', '!acme/legacy-*']);
    expect((await explain(listed, 'administrator')).steps[4]?.detail).toBe(
      'The pattern "**" of Forge lets it through.',
    );
    expect((await explain('me/x', 'administrator')).verdict).toEqual({
      step: 'organization_settings',
      detail: 'Forge lists only the repositories of acme.',
    });
    expect((await explain('acme/legacy-api', 'administrator')).verdict).toEqual({
      step: 'organization_settings',
      detail: 'The pattern "!acme/legacy-*" of Forge leaves it out.',
    });
  });

  it('says that a repository is newer than the last sync', async () => {
    await signIn();
    account.unlisted = [fakeRepository('9', { path: 'acme/new' })];
    const explanation = await explain('acme/new');
    expect(explanation.verdict.step).toBe('last_sync');
    expect(explanation.steps[5]).toMatchObject({
      status: 'failed',
      detail: 'The last complete sync of Forge did not find it.',
      at: hubs.clock.now(),
      repair: { text: 'Start a sync.' },
    });
  });

  it('says once why the sign-in is not accepted, though the last sync failed for it as well', async () => {
    await signIn();
    forge.accounts.clear();
    hubs.clock.advance(1);
    await synchronize();
    const { steps } = await explain(listed);
    const told = steps.filter(({ detail }) => detail.includes('The token is wrong or was revoked.'));
    expect(told.map(({ step }) => step)).toEqual(['connection']);
    expect(steps[5]?.detail).toContain('The newest sync failed for the same reason as above.');
  });

  it('says that no sync was completed, and why', async () => {
    forge.before = ({ kind }) => {
      if (kind === 'page') throw forge.error('unavailable', 'The forge is being maintained.');
    };
    const { syncId } = await hub.connections.putToken(callerOf('ada'), gitProviderId, { token: 'token' });
    await syncWhen(hub, 'ada', syncId, (sync) => sync.state === 'waiting');
    expect((await explain(listed)).verdict).toMatchObject({
      step: 'last_sync',
      detail:
        'There is no complete list from Forge at the moment. The newest sync failed: The forge is being maintained.',
    });
  });

  it('says that what is public is not therefore in the list', async () => {
    await signIn();
    const permission = { level: 'read', native: 'pull' } as const;
    account.unlisted = [fakeRepository('9', { path: 'open/tool', visibility: 'public', permission })];
    const explanation = await explain('open/tool');
    expect(explanation.verdict.step).toBe('permission');
    expect(explanation.verdict.detail).toContain('It is public');
  });

  it('says what it could not find out when the forge does not answer', async () => {
    await signIn();
    forge.before = ({ kind }) => {
      if (kind === 'repository') throw forge.error('network', 'The forge can not be reached.');
    };
    const explanation = await explain('acme/other');
    expect(statuses(explanation)).toMatchObject({
      connection: 'unknown',
      organization_access: 'skipped',
      permission: 'skipped',
    });
    expect(explanation.verdict).toEqual({ step: 'connection', detail: 'The forge can not be reached.' });
    expect((await explain(listed)).listed).toBe(true);
  });

  it('knows a repository that was renamed since by its id', async () => {
    await signIn();
    account.repositories = [];
    account.unlisted = [fakeRepository('000001', { path: 'acme/renamed' })];
    expect(await explain('acme/renamed')).toMatchObject({ listed: true, path: 'acme/renamed' });
  });
});
