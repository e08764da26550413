import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { gate } from '../testing/test-hub.js';
import type { DraftBench } from './draft-bench.fixture.js';
import { ada, baseUrl, config, openDraftBench, statuses, step } from './draft-bench.fixture.js';
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
    const asked = gate();
    bench.forge.probe = () => {
      asked.open();
      return new Promise(() => undefined);
    };
    const lines = bench.drafts.test('ada', id)[Symbol.asyncIterator]();
    await lines.next();
    await lines.next();
    const address = lines.next();
    await asked.opened;
    bench.hubs.clock.advance(5_000);
    expect((await address).value).toMatchObject({ step: 'address', status: 'passed' });
    const reached = lines.next();
    // Nothing but promises is between here and the waiting for an answer.
    await new Promise(setImmediate);
    bench.hubs.clock.advance(25_000);
    expect((await reached).value).toMatchObject({
      step: 'reached',
      status: 'failed',
      code: 'timeout',
      detail: 'There was no answer within 25 seconds.',
    });
    await lines.return?.();
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

  it('waits until the account is named of a sign-in that went with a code', async () => {
    const { id } = await bench.newDraft();
    const started = await bench.drafts.startSignIn(ada, id, { method: 'device' });
    bench.forge.oauth.typed = 'ada';
    bench.hubs.clock.advance(bench.forge.oauth.intervalMs);
    const { account } = await bench.hub.signIns.get('ada', started.id);
    expect(step(await bench.test(id), 'sign_in')).toMatchObject({
      status: 'waiting',
      detail: expect.stringContaining('Confirm'),
    });
    await bench.hub.signIns.confirm(ada, started.id, account?.id ?? '');
    expect(statuses(await bench.test(id))).toMatchObject({ sign_in: 'passed', repositories: 'passed' });
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
        'The list is empty: this account reaches no repository there. Forge fake keeps back what is in acme.',
    });
  });

  it('asks for no more than the first page with a repository', async () => {
    const { id } = await bench.newDraft();
    await bench.signIn(id);
    bench.forge.forge.requests.length = 0;
    await bench.test(id);
    expect(bench.forge.forge.requests.filter(({ kind }) => kind === 'page')).toHaveLength(1);
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
