import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { callerOf, programOf } from '../testing/callers.js';
import { gate } from '../testing/test-hub.js';
import type { SignInBench } from './sign-in-bench.fixture.js';
import { openSignInBench, publicUrl } from './sign-in-bench.fixture.js';
import { signInError } from './sign-in-failures.js';

const ada = callerOf('ada');

let bench: SignInBench;
beforeEach(async () => {
  bench = await openSignInBench();
});
afterEach(() => bench.close());

/** What a sign-in that came to nothing leaves: nothing, here and at the forge. */
async function expectNothingKept(id: string, given?: string): Promise<void> {
  expect(await bench.connections.get('ada', bench.gitProviderId)).toBeNull();
  expect(await bench.row(id)).toMatchObject({ credential: null, transaction_sealed: null });
  await bench.revocations.settled();
  expect(bench.forge.revoked).toEqual(given === undefined ? [] : [given]);
}

describe('a sign-in through the browser', () => {
  it('becomes a connection, which is synchronized', async () => {
    const { signIns, gitProviderId } = bench;
    const started = await signIns.start(ada, { gitProviderId, returnTo: '/git-providers?open=1' });
    expect(started).toMatchObject({
      state: 'pending',
      method: 'redirect',
      returnUrl: `${publicUrl}/git-providers?open=1`,
    });
    const url = new URL(started.authorizationUrl ?? '');
    expect(url.searchParams.get('redirect_uri')).toBe(`${publicUrl}/oauth/callback/${gitProviderId}`);
    const state = url.searchParams.get('state') ?? '';
    expect(Buffer.from(state, 'base64url')).toHaveLength(32);

    const search = `?code=ada&state=${state}`;
    expect(await signIns.finish(ada, { gitProviderId, search })).toEqual({
      kind: 'read',
      signInId: started.id,
    });
    const ended = await signIns.get('ada', started.id);
    expect(ended).toMatchObject({
      state: 'succeeded',
      account: { username: 'ada' },
      syncId: expect.any(String),
    });
    expect(await bench.connections.get('ada', gitProviderId)).toMatchObject({ kind: 'oauth' });
    expect(await bench.syncs.list('ada')).toMatchObject([{ id: ended.syncId }]);
    await bench.revocations.settled();
    expect(bench.forge.revoked).toEqual([]);
  });

  it('goes on by itself where it was a whole page, naming itself and nothing else, when it has succeeded', async () => {
    const { signIns, gitProviderId } = bench;
    const begin = async (returnTo: string) => {
      const started = await signIns.start(ada, { gitProviderId, returnTo, display: 'page' });
      const state = new URL(started.authorizationUrl ?? '').searchParams.get('state') ?? '';
      return { id: started.id, state };
    };
    const good = await begin('/git-providers?open=1#ours');
    const read = await signIns.finish(ada, { gitProviderId, search: `?code=ada&state=${good.state}` });
    expect(read).toEqual({
      kind: 'read',
      signInId: good.id,
      onward: `${publicUrl}/git-providers?open=1&signIn=${good.id}#ours`,
    });
    const denied = await begin('/');
    const search = `?error=access_denied&state=${denied.state}`;
    expect(await signIns.finish(ada, { gitProviderId, search })).toEqual({
      kind: 'read',
      signInId: denied.id,
    });
  });

  it('keeps its state as a hash, and what the adapter knows of it sealed', async () => {
    const { id, state } = await bench.begin();
    expect(JSON.stringify(await bench.row(id))).not.toContain(state);
  });

  it.each([
    ['somebody else', callerOf('eve')],
    ['another browser of the same person', callerOf('ada', 'another')],
    ['a program of the same person', programOf('ada')],
    ['nobody', undefined],
  ])('is over when %s brings it back, and its code is never exchanged', async (_, caller) => {
    const { id, came } = await bench.begin();
    const foreign = { kind: 'refused', reason: 'sign_in_foreign' };
    expect(await bench.signIns.finish(caller, came({ code: 'ada' }))).toEqual(foreign);
    expect(await bench.signIns.finish(ada, came({ code: 'ada' }))).toMatchObject({ reason: 'sign_in_used' });
    expect(bench.forge.exchanged).toEqual([]);
    expect(await bench.signIns.get('ada', id)).toMatchObject({
      state: 'failed',
      error: { kind: 'sign_in_foreign' },
    });
    await expectNothingKept(id);
  });

  it('is over when it comes back to another address than its own', async () => {
    const { id, came } = await bench.begin();
    const callback = { ...came({ code: 'ada' }), gitProviderId: 'another' };
    expect(await bench.signIns.finish(ada, callback)).toMatchObject({ reason: 'sign_in_foreign' });
    expect(bench.forge.exchanged).toEqual([]);
    await expectNothingKept(id);
  });

  it.each(['', '?code=ada', '?code=ada&state=', '?code=ada&state=nobody'])(
    'is not known by %j',
    async (search) => {
      const { signIns, gitProviderId } = bench;
      await bench.begin();
      expect(await signIns.finish(ada, { gitProviderId, search })).toEqual({
        kind: 'refused',
        reason: 'sign_in_unknown',
      });
    },
  );

  it('is not known by a state that comes twice', async () => {
    const { came } = await bench.begin();
    const { gitProviderId, search } = came({ code: 'ada' });
    const twice = { gitProviderId, search: `${search}&state=another` };
    expect(await bench.signIns.finish(ada, twice)).toMatchObject({ reason: 'sign_in_unknown' });
  });

  it('is finished once, however often its answer comes', async () => {
    const { came } = await bench.begin();
    const outcomes = await Promise.all(
      Array.from({ length: 5 }, () => bench.signIns.finish(ada, came({ code: 'ada' }))),
    );
    expect(outcomes.filter(({ kind }) => kind === 'read')).toHaveLength(1);
    expect(await bench.signIns.finish(ada, came({ code: 'ada' }))).toMatchObject({ reason: 'sign_in_used' });
    expect(bench.forge.exchanged).toEqual(['ada']);
  });

  it('has ten minutes', async () => {
    const { id, came } = await bench.begin();
    const { created_at: createdAt, expires_at: expiresAt } = await bench.row(id);
    expect(expiresAt - createdAt).toBe(600_000);
    await bench.runOut(id);
    expect(await bench.signIns.finish(ada, came({ code: 'ada' }))).toEqual({ kind: 'read', signInId: id });
    expect(await bench.signIns.get('ada', id)).toMatchObject({ error: { kind: 'sign_in_expired' } });
    expect(await bench.signIns.finish(ada, came({ code: 'ada' }))).toMatchObject({
      reason: 'sign_in_expired',
    });
    expect(bench.forge.exchanged).toEqual([]);
  });

  it('makes room for the fourth that waits', async () => {
    const first = await bench.begin();
    await bench.begin();
    await bench.begin();
    expect(await bench.signIns.get('ada', first.id)).toMatchObject({ state: 'pending' });
    bench.resources.clock.advance(1);
    await bench.begin(callerOf('eve'));
    expect(await bench.signIns.get('ada', first.id)).toMatchObject({ state: 'pending' });
    await bench.begin();
    const states = await bench.resources.store.database
      .selectFrom('sign_ins')
      .select(({ fn }) => ['state', fn.countAll<number>().as('number')])
      .where('person_id', '=', 'ada')
      .groupBy('state')
      .execute();
    expect(states.map(({ state, number }) => [state, String(number)]).toSorted()).toEqual([
      ['cancelled', '1'],
      ['pending', '3'],
    ]);
  });

  it('tells why the forge refused, and what to do', async () => {
    const { id, came } = await bench.begin();
    await bench.signIns.finish(ada, came({ error: 'access_denied' }));
    expect(await bench.signIns.get('ada', id)).toMatchObject({
      state: 'failed',
      error: { kind: 'access_denied', repair: { text: 'Allow it.', url: 'https://forge.test/sso' } },
    });
    await expectNothingKept(id);
  });

  it('links to no repair but on a plain web address', async () => {
    bench.forge.repairUrl = 'https://forge.test@evil.example/';
    const { id, came } = await bench.begin();
    await bench.signIns.finish(ada, came({ error: 'access_denied' }));
    expect((await bench.signIns.get('ada', id)).error?.repair).toEqual({ text: 'Allow it.' });
  });

  it('keeps nothing when the forge does not tell whose it is, and ends there what it gave', async () => {
    const { id, came } = await bench.begin();
    await bench.signIns.finish(ada, came({ code: 'nobody' }));
    expect(await bench.signIns.get('ada', id)).toMatchObject({ error: { kind: 'unauthenticated' } });
    await expectNothingKept(id, 'access-of-nobody');
  });

  it('sends its code nowhere when the settings were changed', async () => {
    const { id, came } = await bench.begin();
    await bench.changeSettings();
    await bench.signIns.finish(ada, came({ code: 'ada' }));
    expect(bench.forge.exchanged).toEqual([]);
    expect(await bench.signIns.get('ada', id)).toMatchObject({ error: { kind: 'settings_changed' } });
    await expectNothingKept(id);
  });

  it('is not saved when the settings are changed while it is finished', async () => {
    const { id, came } = await bench.begin();
    bench.forge.forge.before = () => bench.changeSettings();
    await bench.signIns.finish(ada, came({ code: 'ada' }));
    expect(await bench.signIns.get('ada', id)).toMatchObject({ error: { kind: 'settings_changed' } });
    await expectNothingKept(id, 'access-of-ada');
  });

  it('tells nothing of a fault of our own, but to the log', async () => {
    const { id, came } = await bench.begin();
    bench.forge.beforeExchange = () => {
      throw new TypeError('canary');
    };
    await bench.signIns.finish(ada, came({ code: 'ada' }));
    const { error } = await bench.signIns.get('ada', id);
    expect(error?.kind).toBe('internal');
    expect(JSON.stringify([error, bench.resources.logger.lines])).not.toContain('canary');
    expect(bench.resources.logger.lines).toEqual([expect.stringContaining('TypeError at ')]);
  });

  it('is kept when only what follows fails, and nothing is ended at the forge', async () => {
    const { id, came } = await bench.begin();
    jest.spyOn(bench.syncs, 'carryOut').mockRejectedValueOnce(new Error('queue'));
    await bench.signIns.finish(ada, came({ code: 'ada' }));
    expect(await bench.signIns.get('ada', id)).toMatchObject({ state: 'succeeded' });
    await bench.revocations.settled();
    expect(bench.forge.revoked).toEqual([]);
  });

  it('has failed when the server stopped in the middle of it', async () => {
    const { id, came } = await bench.begin();
    const never = gate();
    const arrived = gate();
    bench.forge.beforeExchange = () => {
      arrived.open();
      return never.opened;
    };
    const finishing = bench.signIns.finish(ada, came({ code: 'ada' }));
    await arrived.opened;
    await bench.runOut(id);
    await bench.sweeper.sweep();
    expect(await bench.signIns.get('ada', id)).toMatchObject({ error: { kind: 'sign_in_interrupted' } });
    never.open();
    await finishing;
    await expectNothingKept(id, 'access-of-ada');
  });

  it('needs an OAuth application', async () => {
    bench.forge.hasApplication = false;
    await bench.changeSettings();
    await expect(bench.begin()).rejects.toMatchObject({ kind: 'oauth_unavailable' });
  });

  it('is not shown, ended or confirmed by anybody else', async () => {
    const { id } = await bench.begin();
    const missing = { kind: 'not_found' };
    await expect(bench.signIns.get('eve', id)).rejects.toMatchObject(missing);
    await expect(bench.signIns.cancel('eve', id)).rejects.toMatchObject(missing);
    await expect(bench.signIns.confirm(callerOf('eve'), id, 'x')).rejects.toMatchObject(missing);
    expect(await bench.signIns.get('ada', id)).toMatchObject({ state: 'pending' });
  });
});

describe('a sign-in that is ended before it comes back', () => {
  it('is refused then', async () => {
    const { id, came } = await bench.begin();
    expect(await bench.signIns.cancel('ada', id)).toMatchObject({ state: 'cancelled' });
    expect(await bench.signIns.finish(ada, came({ code: 'ada' }))).toMatchObject({
      reason: 'sign_in_cancelled',
    });
    await expectNothingKept(id);
  });

  it('stays as it ended when it is ended again', async () => {
    const { id, came } = await bench.begin();
    await bench.signIns.finish(ada, came({ code: 'ada' }));
    expect(await bench.signIns.cancel('ada', id)).toMatchObject({ state: 'succeeded' });
    expect(await bench.connections.get('ada', bench.gitProviderId)).not.toBeNull();
  });

  it.each(['of a first connection', 'of the connection it would replace'])(
    'ends by a sign-out %s',
    async (which) => {
      const { gitProviderId, connections } = bench;
      if (which === 'of the connection it would replace') {
        const { came } = await bench.begin();
        await bench.signIns.finish(ada, came({ code: 'ada' }));
      }
      const { id, came } = await bench.begin();
      await connections.signOut(ada, gitProviderId);
      expect(await bench.signIns.finish(ada, came({ code: 'ada' }))).toMatchObject({
        reason: 'sign_in_cancelled',
      });
      await expectNothingKept(id);
    },
  );

  it('does not bring a connection back that was signed out of while its code was exchanged', async () => {
    const { id, came } = await bench.begin();
    bench.forge.beforeExchange = async () => {
      await bench.connections.signOut(ada, bench.gitProviderId);
    };
    await bench.signIns.finish(ada, came({ code: 'ada' }));
    expect(await bench.signIns.get('ada', id)).toMatchObject({ state: 'cancelled' });
    await expectNothingKept(id, 'access-of-ada');
  });
});

describe('a sign-in that a program has started', () => {
  async function held(): Promise<string> {
    const { id, came } = await bench.begin(programOf('ada'));
    await bench.signIns.finish(ada, came({ code: 'ada' }));
    expect(await bench.signIns.get('ada', id)).toMatchObject({
      state: 'awaiting_confirmation',
      account: { id: 'id-of-ada' },
    });
    expect(await bench.connections.get('ada', bench.gitProviderId)).toBeNull();
    return id;
  }

  it('is kept when the person names the account', async () => {
    const id = await held();
    expect(await bench.signIns.confirm(ada, id, 'id-of-ada')).toMatchObject({ state: 'succeeded' });
    expect(await bench.connections.get('ada', bench.gitProviderId)).toMatchObject({ kind: 'oauth' });
    expect(await bench.row(id)).toMatchObject({ credential: null });
    await expect(bench.signIns.confirm(ada, id, 'id-of-ada')).rejects.toMatchObject({ kind: 'sign_in_used' });
  });

  it('comes back to a browser of the same person only', async () => {
    for (const caller of [callerOf('eve'), programOf('ada'), undefined]) {
      const { id, came } = await bench.begin(programOf('ada'));
      expect(await bench.signIns.finish(caller, came({ code: 'ada' }))).toMatchObject({
        reason: 'sign_in_foreign',
      });
      await expectNothingKept(id);
    }
  });

  it('ends when another account is named', async () => {
    const id = await held();
    await expect(bench.signIns.confirm(ada, id, 'id-of-eve')).rejects.toMatchObject({
      kind: 'account_mismatch',
    });
    expect(await bench.signIns.get('ada', id)).toMatchObject({ error: { kind: 'account_mismatch' } });
    await expectNothingKept(id, 'access-of-ada');
  });

  it('is not confirmed by a program', async () => {
    const id = await held();
    await expect(bench.signIns.confirm(programOf('ada'), id, 'id-of-ada')).rejects.toMatchObject({
      kind: 'not_allowed',
    });
  });

  it('is confirmed once', async () => {
    const id = await held();
    const answers = await Promise.allSettled([
      bench.signIns.confirm(ada, id, 'id-of-ada'),
      bench.signIns.confirm(ada, id, 'id-of-ada'),
    ]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it('ends with its credential when nobody confirms it in time', async () => {
    const id = await held();
    await bench.runOut(id);
    await bench.sweeper.sweep();
    expect(await bench.signIns.get('ada', id)).toMatchObject({ error: { kind: 'sign_in_expired' } });
    await expectNothingKept(id, 'access-of-ada');
  });

  it('is too late to confirm after that', async () => {
    const id = await held();
    await bench.runOut(id);
    await expect(bench.signIns.confirm(ada, id, 'id-of-ada')).rejects.toMatchObject({
      kind: 'sign_in_expired',
    });
    await expectNothingKept(id, 'access-of-ada');
  });

  it('is ended at the forge when it is cancelled', async () => {
    const id = await held();
    expect(await bench.signIns.cancel('ada', id)).toMatchObject({ state: 'cancelled' });
    await expectNothingKept(id, 'access-of-ada');
  });

  it('is ended at the forge when the person signs out', async () => {
    const id = await held();
    await bench.connections.signOut(ada, bench.gitProviderId);
    await expect(bench.signIns.confirm(ada, id, 'id-of-ada')).rejects.toMatchObject({
      kind: 'sign_in_cancelled',
    });
    await expectNothingKept(id, 'access-of-ada');
  });

  it('is ended at the forge when the server stops in the middle of its confirmation', async () => {
    const id = await held();
    const arrived = gate();
    const never = gate();
    jest.spyOn(bench.target, 'keep').mockImplementationOnce(async () => {
      arrived.open();
      await never.opened;
      throw signInError('sign_in_cancelled');
    });
    const confirming = bench.signIns.confirm(ada, id, 'id-of-ada');
    await arrived.opened;
    await bench.runOut(id);
    await bench.sweeper.sweep();
    expect(await bench.signIns.get('ada', id)).toMatchObject({ error: { kind: 'sign_in_interrupted' } });
    await expectNothingKept(id, 'access-of-ada');
    never.open();
    await expect(confirming).rejects.toMatchObject({ kind: 'sign_in_cancelled' });
    await expectNothingKept(id, 'access-of-ada');
  });

  it('ends here though what it held cannot be read any more', async () => {
    const id = await held();
    await bench.resources.store.database.updateTable('sign_ins').set({ credential: 'unreadable' }).execute();
    expect(await bench.connections.signOut(ada, bench.gitProviderId)).toEqual({ revoked: 'not-asked' });
    expect(await bench.signIns.get('ada', id)).toMatchObject({ state: 'cancelled' });
    await expectNothingKept(id);
    expect(bench.resources.logger.lines).toEqual([
      expect.stringContaining('could not be ended at the forge'),
    ]);
  });

  it('goes nowhere when the settings were changed', async () => {
    const id = await held();
    await bench.changeSettings();
    await expect(bench.signIns.confirm(ada, id, 'id-of-ada')).rejects.toMatchObject({
      kind: 'settings_changed',
    });
    await expectNothingKept(id);
  });
});

describe('sign-ins that are over', () => {
  it('are forgotten after a day', async () => {
    const { id } = await bench.begin();
    await bench.signIns.cancel('ada', id);
    await bench.sweeper.sweep();
    expect(await bench.signIns.get('ada', id)).toMatchObject({ state: 'cancelled' });
    await bench.runOut(id, 25 * 3_600_000);
    await bench.sweeper.sweep();
    await expect(bench.signIns.get('ada', id)).rejects.toMatchObject({ kind: 'not_found' });
  });
});
