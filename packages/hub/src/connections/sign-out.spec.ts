import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { SignInBench } from '../sign-ins/sign-in-bench.fixture.js';
import { openSignInBench } from '../sign-ins/sign-in-bench.fixture.js';
import { callerOf, programOf } from '../testing/callers.js';
import { ConnectionCredentialStore } from './connection-credential-store.js';

const ada = callerOf('ada');

describe('signing out of a git provider', () => {
  let bench: SignInBench;
  beforeEach(async () => {
    bench = await openSignInBench();
    const { came } = await bench.begin();
    await bench.signIns.finish(ada, came({ code: 'ada' }));
  });
  afterEach(() => bench.close());

  /** Leads the git provider to another address, as nobody can without parking connections. */
  async function moveAway(): Promise<void> {
    await bench.resources.store.database
      .updateTable('git_providers')
      .set({ config: '{"baseUrl":"https://elsewhere.test","oauth":{"clientId":"client"}}', version: 2 })
      .execute();
  }

  it('leaves the authorization on the forge alone, unless asked', async () => {
    expect(await bench.connections.signOut(ada, bench.gitProviderId)).toEqual({ revoked: 'not-asked' });
    expect(bench.forge.revoked).toEqual([]);
    expect(await bench.connections.get('ada', bench.gitProviderId)).toBeNull();
  });

  it('ends it there as well when asked', async () => {
    const { connections, gitProviderId } = bench;
    expect(await connections.signOut(ada, gitProviderId, { revoke: true })).toEqual({ revoked: 'done' });
    expect(bench.forge.revoked).toEqual(['access-of-ada']);
  });

  it.each([
    ['failed', 'network'],
    ['failed', 'client_rejected'],
    ['unsupported', 'unsupported'],
  ] as const)(
    'is done here whatever the forge says, and tells what is left: %s by %s',
    async (revoked, kind) => {
      const { connections, forge, gitProviderId } = bench;
      forge.beforeRevocation = () => {
        throw forge.error(kind);
      };
      expect(await connections.signOut(ada, gitProviderId, { revoke: true })).toEqual({
        revoked,
        message: expect.stringContaining('by hand'),
      });
      expect(await connections.get('ada', gitProviderId)).toBeNull();
    },
  );

  it('ends no token that a person has made', async () => {
    const { connections, gitProviderId } = bench;
    await connections.putToken(ada, gitProviderId, { token: 'access-of-ada' });
    expect(await connections.signOut(ada, gitProviderId, { revoke: true })).toMatchObject({
      revoked: 'unsupported',
    });
  });

  it('sends nothing to an address that the sign-in was not for', async () => {
    const { connections, gitProviderId, forge } = bench;
    expect((await connections.get('ada', gitProviderId))?.needsAttention).toBeUndefined();
    await moveAway();
    expect((await connections.get('ada', gitProviderId))?.needsAttention?.reason).toContain('changed');
    expect(await connections.signOut(ada, gitProviderId, { revoke: true })).toMatchObject({
      revoked: 'unsupported',
      message: expect.stringContaining('earlier address'),
    });
    expect(forge.revoked).toEqual([]);
  });

  it('does not say that all has ended while the sign-in is being renewed', async () => {
    const { resources, connections, gitProviderId, forge } = bench;
    const { id, epoch, credential_version } = await resources.store.database
      .selectFrom('connections')
      .select(['id', 'epoch', 'credential_version'])
      .executeTakeFirstOrThrow();
    const store = new ConnectionCredentialStore(resources, { connectionId: id, gitProviderId, epoch });
    expect(await store.claim(String(credential_version), 60_000)).toMatchObject({ status: 'claimed' });
    expect(await connections.signOut(ada, gitProviderId, { revoke: true })).toEqual({
      revoked: 'failed',
      message: expect.stringMatching(/was being renewed.*by hand/),
    });
    expect(forge.revoked).toEqual(['access-of-ada']);
  });

  it('is done here though nobody knows any more how the forge is asked', async () => {
    const { resources, connections, gitProviderId, forge } = bench;
    await resources.store.database.updateTable('git_providers').set({ type: 'gone', version: 2 }).execute();
    expect(await connections.signOut(ada, gitProviderId, { revoke: true })).toEqual({
      revoked: 'failed',
      message: expect.stringContaining('by hand'),
    });
    expect(await connections.get('ada', gitProviderId)).toBeNull();
    expect(forge.revoked).toEqual([]);
    expect(resources.logger.lines).toEqual([expect.stringContaining('unknown_provider_type')]);
  });

  it('tells what becomes of a sign-in that was not finished', async () => {
    const { connections, signIns, gitProviderId, revocations, forge } = bench;
    await connections.signOut(ada, gitProviderId);
    const { came } = await bench.begin(programOf('ada'));
    await signIns.finish(ada, came({ code: 'ada' }));
    expect(await connections.signOut(ada, gitProviderId, { revoke: true })).toEqual({
      revoked: 'failed',
      message: expect.stringMatching(/not finished.*by hand/),
    });
    await revocations.settled();
    expect(forge.revoked).toEqual(['access-of-ada']);
  });

  it('is written down for the person', async () => {
    await bench.connections.signOut(ada, bench.gitProviderId, { revoke: true });
    const events = await bench.resources.store.database
      .selectFrom('audit_events')
      .select(['action', 'person_id', 'details'])
      .where('action', 'like', 'connection.%')
      .orderBy('id')
      .execute();
    expect(events).toEqual([
      { action: 'connection.signed_in', person_id: 'ada', details: '{"account":"ada","kind":"oauth"}' },
      {
        action: 'connection.signed_out',
        person_id: 'ada',
        details: '{"account":"ada","revocationAsked":true}',
      },
    ]);
  });
});
