import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { gate } from '../testing/test-hub.js';
import type { DraftBench } from './draft-bench.fixture.js';
import { baseUrl, collect, config, openDraftBench, statuses, step } from './draft-bench.fixture.js';
import { testStepIds } from './test-steps.js';

describe('the test of a draft', () => {
  let bench: DraftBench;
  beforeEach(async () => {
    bench = await openDraftBench();
  });
  afterEach(() => bench.hubs.cleanUp());

  it('tells the steps to come, each as it ends, and that all is well', async () => {
    const { id } = await bench.newDraft();
    expect(await bench.signIn(id)).toMatchObject({ state: 'succeeded', purpose: 'draft' });
    const lines = await bench.test(id);
    expect(lines[0]).toMatchObject({ kind: 'plan', revision: 1 });
    expect(lines.map((line) => (line.kind === 'step' ? line.step : line.kind))).toEqual([
      'plan',
      ...testStepIds,
      'summary',
    ]);
    expect(new Set(Object.values(statuses(lines)))).toEqual(new Set(['passed', 'skipped']));
    expect(step(lines, 'forge')).toMatchObject({
      title: 'It is Forge fake',
      detail: 'Fake Forge 7.1; its API is at https://forge.test/api.',
    });
    expect(step(lines, 'identity')).toMatchObject({ detail: 'You are ada there.' });
    expect(step(lines, 'repositories')).toMatchObject({
      detail: 'For example acme/repository-000001: write.',
    });
    expect(lines.at(-1)).toEqual({
      kind: 'summary',
      revision: 1,
      outcome: 'passed',
      message: "You're good to go.",
    });
  });

  it('tells a step before the next one has ended', async () => {
    const { id } = await bench.newDraft();
    const held = gate();
    bench.forge.probe = async () => {
      await held.opened;
      return { product: 'Fake', apiUrl: baseUrl };
    };
    const lines = bench.drafts.test('ada', id)[Symbol.asyncIterator]();
    expect((await lines.next()).value).toMatchObject({ kind: 'plan' });
    expect((await lines.next()).value).toMatchObject({ step: 'settings', status: 'passed' });
    const address = lines.next();
    held.open();
    expect((await address).value).toMatchObject({ step: 'address', status: 'passed' });
    await lines.return?.();
  });

  it('says what is missing, and tries nothing with what is not there', async () => {
    const { id } = await bench.newDraft({});
    const lines = await bench.test(id);
    expect(step(lines, 'settings')).toMatchObject({
      status: 'failed',
      detail: 'Give the address of the forge.',
      fields: [{ path: 'name' }, { path: 'config.baseUrl' }],
    });
    expect(Object.values(statuses(lines)).filter((status) => status === 'skipped')).toHaveLength(8);
    expect(lines.at(-1)).toMatchObject({
      outcome: 'failed',
      message: 'Not yet: repair "The settings are complete", and run the test again.',
    });
    expect(bench.forge.asked).toEqual([]);
  });

  it('needs no name', async () => {
    const { id } = await bench.newDraft({ config });
    expect(step(await bench.test(id), 'settings')).toMatchObject({
      status: 'passed',
      detail: 'Enough for a test. Before you save: Give it a name.',
    });
  });

  it.each([
    ['blocked_address', 'address'],
    ['network', 'reached'],
    ['timeout', 'reached'],
    ['invalid_response', 'forge'],
    ['unavailable', 'forge'],
    ['not_found', 'forge'],
  ] as const)('blames %s of a probe on the step "%s"', async (kind, name) => {
    const { id } = await bench.newDraft();
    bench.forge.probe = () => {
      throw bench.forge.error(kind, { repair: { text: 'Repair it.' } });
    };
    const lines = await bench.test(id);
    expect(step(lines, name)).toMatchObject({
      status: 'failed',
      code: kind,
      detail: `The forge says ${kind}.`,
      repair: { text: 'Repair it.' },
    });
    const later = testStepIds.slice(testStepIds.indexOf(name) + 1);
    for (const skipped of later) expect(step(lines, skipped)).toMatchObject({ status: 'skipped' });
  });

  it('knows that an address answers as soon as it has answered, whatever comes of it', async () => {
    const { id } = await bench.newDraft();
    const held = gate();
    bench.forge.probe = async ({ onEvent }) => {
      onEvent?.({ kind: 'request', method: 'GET', url: baseUrl, status: 503, durationMs: 1 });
      await held.opened;
      throw bench.forge.error('network');
    };
    const lines = bench.drafts.test('ada', id)[Symbol.asyncIterator]();
    for (const expected of ['plan', 'settings', 'address', 'reached']) {
      const { value } = await lines.next();
      expect(value).toMatchObject(
        expected === 'plan' ? { kind: 'plan' } : { step: expected, status: 'passed' },
      );
    }
    held.open();
    expect((await lines.next()).value).toMatchObject({ step: 'forge', status: 'failed', code: 'network' });
    await lines.return?.();
  });

  it('gives up a step that takes too long', async () => {
    const { id } = await bench.newDraft();
    bench.forge.probe = () => new Promise(() => undefined);
    const testing = bench.test(id);
    while (bench.forge.asked.length === 0) await new Promise(setImmediate);
    bench.hubs.clock.advance(5_000);
    // The refusal of the address is waited for no longer; the answer is.
    while (bench.hubs.clock.sleeping < 1) await new Promise(setImmediate);
    await new Promise(setImmediate);
    bench.hubs.clock.advance(30_000);
    expect(step(await testing, 'reached')).toMatchObject({
      status: 'failed',
      code: 'timeout',
      detail: 'There was no answer within 25 seconds.',
    });
  });

  it('tells of a client that the forge refuses, and skips what goes through it', async () => {
    const { id } = await bench.newDraft();
    await bench.signIn(id);
    bench.forge.checkClient = () => 'rejected';
    const lines = await bench.test(id);
    expect(step(lines, 'client')).toMatchObject({
      status: 'failed',
      code: 'client_rejected',
      repair: { url: 'https://forge.test/applications' },
    });
    expect(statuses(lines)).toMatchObject({
      sign_in: 'skipped',
      identity: 'skipped',
      repositories: 'skipped',
    });
  });

  it('goes on with a token though the forge refuses the client', async () => {
    const { id } = await bench.newDraft();
    await bench.drafts.putToken('ada', id, { token: 'access-of-ada' });
    bench.forge.checkClient = () => 'rejected';
    expect(statuses(await bench.test(id))).toMatchObject({
      client: 'failed',
      sign_in: 'passed',
      repositories: 'passed',
    });
  });

  it('waits for a sign-in, saying what to compare on the page of the forge', async () => {
    const { id, redirectUrl } = await bench.newDraft();
    const lines = await bench.test(id);
    expect(step(lines, 'sign_in')).toMatchObject({
      status: 'waiting',
      detail: expect.stringContaining(redirectUrl),
      redirectUrl,
      repair: { url: 'https://forge.test/applications' },
    });
    expect(lines.at(-1)).toMatchObject({ outcome: 'waiting' });
  });

  it('waits for a token where there is no OAuth application', async () => {
    const { id } = await bench.newDraft({ name: 'Forge', config: { baseUrl } });
    const lines = await bench.test(id);
    expect(step(lines, 'client')).toMatchObject({ status: 'skipped' });
    expect(step(lines, 'sign_in')).toMatchObject({
      status: 'waiting',
      repair: { url: 'https://forge.test/tokens' },
    });
    expect(step(lines, 'sign_in')).not.toHaveProperty('redirectUrl');
  });

  it('tells why the last sign-in came to nothing, until there is another', async () => {
    const { id, redirectUrl } = await bench.newDraft();
    await bench.signIn(id, { error: 'access_denied' });
    expect(step(await bench.test(id), 'sign_in')).toMatchObject({
      status: 'failed',
      code: 'access_denied',
      repair: { text: 'Allow it.', url: 'https://forge.test/sso' },
      redirectUrl,
    });
    await bench.signIn(id);
    expect(step(await bench.test(id), 'sign_in')).toMatchObject({ status: 'passed' });
  });

  it('tells of a token that is wrong, and of one that is of somebody else', async () => {
    const { id } = await bench.newDraft();
    await bench.drafts.putToken('ada', id, { token: 'wrong' });
    expect(step(await bench.test(id), 'identity')).toMatchObject({
      status: 'failed',
      code: 'unauthenticated',
    });
    await bench.drafts.putToken('ada', id, { token: 'access-of-eve', username: 'ada' });
    expect(step(await bench.test(id), 'identity')).toMatchObject({
      status: 'failed',
      code: 'username_mismatch',
    });
    expect((await bench.drafts.get('ada', id)).signIn).toEqual({
      kind: 'token',
      identity: undefined,
      usable: true,
    });
  });

  it('tells which scopes are missing, and where to get them', async () => {
    const { id } = await bench.newDraft();
    bench.accounts.ada.scopes = ['repo'];
    bench.accounts.ada.missingScopes = ['read:org'];
    await bench.signIn(id);
    expect(step(await bench.test(id), 'scopes')).toMatchObject({
      status: 'failed',
      code: 'insufficient_scope',
      detail: 'Missing: read:org.',
      repair: { url: 'https://forge.test/applications' },
    });
    await bench.drafts.putToken('ada', id, { token: 'access-of-ada' });
    expect(step(await bench.test(id), 'scopes')).toMatchObject({
      repair: { url: 'https://forge.test/tokens' },
    });
    bench.accounts.ada.missingScopes = [];
    expect(step(await bench.test(id), 'scopes')).toMatchObject({ status: 'passed', detail: 'It has: repo.' });
  });

  it('takes an empty list for one, and says what the forge keeps back', async () => {
    const { id } = await bench.newDraft();
    bench.accounts.eve.omitted = [{ organization: { path: 'acme' }, reason: 'sso_required' }];
    await bench.drafts.putToken('ada', id, { token: 'access-of-eve' });
    expect(step(await bench.test(id), 'repositories')).toMatchObject({
      status: 'passed',
      detail:
        'The list was given, and it is empty: this account reaches no repository there. The forge keeps back what is in acme.',
    });
  });

  it('asks for no more than the first page with a repository', async () => {
    const { id } = await bench.newDraft();
    await bench.signIn(id);
    bench.forge.forge.requests.length = 0;
    await bench.test(id);
    expect(bench.forge.forge.requests.filter(({ kind }) => kind === 'page')).toHaveLength(1);
  });

  it('ends when whoever asked has gone, and what it asks ends too', async () => {
    const { id } = await bench.newDraft();
    const leaving = new AbortController();
    let asking: AbortSignal | undefined;
    bench.forge.probe = ({ signal }) => {
      asking = signal;
      return new Promise(() => undefined);
    };
    const testing = collect(bench.drafts.test('ada', id, { signal: leaving.signal }));
    const ended = expect(testing).rejects.toThrow('gone');
    while (asking === undefined) await new Promise(setImmediate);
    leaving.abort(new Error('gone'));
    await ended;
    expect(asking.aborted).toBe(true);
  });

  it('ends what it asks when its lines are left', async () => {
    const { id } = await bench.newDraft();
    let asking: AbortSignal | undefined;
    bench.forge.probe = ({ signal, onEvent }) => {
      asking = signal;
      onEvent?.({ kind: 'request', method: 'GET', url: baseUrl, status: 200, durationMs: 1 });
      return new Promise(() => undefined);
    };
    for await (const line of bench.drafts.test('ada', id)) {
      if (line.kind === 'step' && line.step === 'reached') break;
    }
    expect(asking?.aborted).toBe(true);
  });

  it('ends when the server stops', async () => {
    const { id } = await bench.newDraft();
    bench.forge.probe = () => new Promise(() => undefined);
    const ended = expect(bench.test(id)).rejects.toMatchObject({ kind: 'closed' });
    while (bench.forge.asked.length === 0) await new Promise(setImmediate);
    bench.hub.stopWatching();
    await ended;
    await expect(bench.test(id)).rejects.toMatchObject({ kind: 'closed' });
  });

  it('runs twice at a time for one person, and not more often', async () => {
    const { id } = await bench.newDraft();
    const other = await bench.drafts.create('eve', { type: 'fake', values: { config } });
    const held = gate();
    bench.forge.probe = async () => {
      await held.opened;
      return { product: 'Fake', apiUrl: baseUrl };
    };
    const running = [bench.test(id), bench.test(id)];
    while (bench.forge.asked.length < 2) await new Promise(setImmediate);
    await expect(bench.test(id)).rejects.toMatchObject({ kind: 'too_many_tests', status: 429 });
    const others = bench.test(other.id, 'eve');
    held.open();
    await Promise.all([...running, others]);
    expect(await bench.test(id)).toHaveLength(11);
  });

  it('tells nobody what a fault of an adapter says', async () => {
    const { id } = await bench.newDraft();
    bench.forge.probe = () => {
      throw new TypeError('canary in a fault');
    };
    const lines = await bench.test(id);
    expect(step(lines, 'forge')).toMatchObject({ status: 'failed', code: 'internal' });
    expect(JSON.stringify([lines, bench.hubs.logger.lines])).not.toContain('canary');
    expect(bench.hubs.logger.lines.join()).toContain('TypeError');
  });

  it('is of the values as they were when it began', async () => {
    const { id } = await bench.newDraft();
    const changed = await bench.drafts.update('ada', id, { name: 'Other', config });
    expect(changed.revision).toBe(2);
    const lines = await bench.test(id);
    expect(lines[0]).toMatchObject({ revision: 2 });
    expect(lines.at(-1)).toMatchObject({ revision: 2 });
  });
});

describe('a secret in a test', () => {
  let bench: DraftBench;
  beforeEach(async () => {
    bench = await openDraftBench();
  });
  afterEach(() => bench.hubs.cleanUp());

  it.each([
    ['address', { baseUrl: 'https://evil.test', oauth: { clientId: 'client' } }, 'https://evil.test'],
    ['client', { baseUrl, oauth: { clientId: 'other' } }, baseUrl],
  ])('that is stored is never sent with another %s', async (_, changed, at) => {
    const { hub, drafts, forge } = bench;
    const { id: gitProviderId } = await hub.gitProviders.create(
      { personId: 'ada', username: 'ada', role: 'administrator', via: { kind: 'session', sessionId: 'x' } },
      { name: 'Forge', type: 'fake', config },
    );
    const { id } = await drafts.create('ada', { type: 'fake', gitProviderId });
    await bench.signIn(id);
    expect(statuses(await bench.test(id))).toMatchObject({ client: 'passed', identity: 'passed' });
    forge.asked.length = 0;
    forge.forge.requests.length = 0;

    const moved = await drafts.update('ada', id, { name: 'Forge', config: changed });
    expect(moved).toMatchObject({
      secretsSet: [],
      secretsToRetype: ['oauth.clientSecret'],
      signIn: { kind: 'oauth', usable: false },
    });
    const lines = await bench.test(id);
    expect(step(lines, 'forge')).toMatchObject({ status: 'passed' });
    expect(step(lines, 'client')).toMatchObject({
      status: 'failed',
      detail: expect.stringContaining('Type the secret again'),
      fields: [{ path: 'config.oauth.clientSecret' }],
    });
    expect(statuses(lines)).toMatchObject({ sign_in: 'skipped', identity: 'skipped' });
    expect(forge.asked).toEqual([{ what: 'probe', at }]);
    expect(forge.forge.requests).toEqual([]);
  });

  it('of a sign-in is not sent elsewhere, and is good again when the draft comes back', async () => {
    const { drafts, forge } = bench;
    const { id } = await bench.newDraft({ name: 'Forge', config: { baseUrl } });
    await drafts.putToken('ada', id, { token: 'access-of-ada' });
    await drafts.update('ada', id, { config: { baseUrl: 'https://evil.test' } });
    const lines = await bench.test(id);
    expect(step(lines, 'sign_in')).toMatchObject({
      status: 'waiting',
      detail: expect.stringContaining('not sent anywhere else'),
    });
    expect(forge.forge.requests).toEqual([]);
    await drafts.update('ada', id, { config: { baseUrl } });
    expect(statuses(await bench.test(id))).toMatchObject({ identity: 'passed' });
  });
});
