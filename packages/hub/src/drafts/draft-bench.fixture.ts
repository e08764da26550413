import type { HubOptions } from '../hub.js';
import { fakeRepositories } from '../testing/fake-forge.js';
import type { FakeAccount } from '../testing/fake-forge.js';
import { callerOf } from '../testing/callers.js';
import { catalogOf, TestHubs } from '../testing/test-hub.js';
import type { Caller } from '../people/caller.js';
import { DraftForge } from './draft-forge.fixture.js';
import type { TestLine } from './test-steps.js';

export const baseUrl = 'https://forge.test';
export const config = { baseUrl, oauth: { clientId: 'client', clientSecret: 'canary-client-secret' } };
export const ada: Caller = { ...callerOf('ada'), role: 'administrator' };
export const eve: Caller = { ...callerOf('eve'), role: 'administrator' };

/** A hub with a forge on which ada and eve have accounts. */
export async function openDraftBench(options: Partial<HubOptions> = {}) {
  const hubs = new TestHubs();
  const forge = new DraftForge(hubs.clock);
  const accounts: Readonly<Record<'ada' | 'eve', FakeAccount>> = {
    ada: forge.forge.addAccount('access-of-ada', 'ada', fakeRepositories(3)),
    eve: forge.forge.addAccount('access-of-eve', 'eve', []),
  };
  const dataDirectory = await hubs.folder();
  const open = () => hubs.open(forge.forge, { ...options, dataDirectory, plugins: catalogOf(forge.plugin) });
  const hub = await open();
  const { gitProviderDrafts: drafts } = hub;
  return {
    hubs,
    hub,
    drafts,
    forge,
    accounts,
    dataDirectory,
    /** Another process on the same data, once this hub is closed. */
    reopen: open,
    newDraft: (values: object = { name: 'Forge', config }) => drafts.create(ada, { type: 'fake', values }),
    /** Signs in for the test, as the forge's page and the browser do. */
    signIn: async (draftId: string, answer: Readonly<Record<string, string>> = { code: 'ada' }) => {
      const { id, gitProviderId, authorizationUrl = '' } = await drafts.startSignIn(ada, draftId, {});
      const state = new URL(authorizationUrl).searchParams.get('state') ?? '';
      const search = `?${new URLSearchParams({ ...answer, state }).toString()}`;
      await hub.signIns.finish(ada, { gitProviderId, search });
      return hub.signIns.get('ada', id);
    },
    test: (draftId: string, personId = 'ada') => collect(drafts.test(personId, draftId)),
  };
}

export type DraftBench = Awaited<ReturnType<typeof openDraftBench>>;

export async function collect<T>(lines: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const line of lines) all.push(line);
  return all;
}

/** The status of every step, by its name. */
export function statuses(lines: readonly TestLine[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    lines.flatMap((line) => (line.kind === 'step' ? [[line.step, line.status]] : [])),
  );
}

/** What was told of one step. */
export function step(lines: readonly TestLine[], name: string): TestLine | undefined {
  return lines.find((line) => line.kind === 'step' && line.step === name);
}
