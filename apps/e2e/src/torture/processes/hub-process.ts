/**
 * A hub in a process of its own, as the server composes it but for the time, which passes faster. It does what its parent
 * asks until it is killed, or told to close.
 */
import type { ProviderPlugin } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import type { Caller, Hub } from '@anyforge/hub';
import { HubError } from '@anyforge/hub';
import type { InspectableHub } from '@anyforge/hub/testing';
import { openInspectableHub } from '@anyforge/hub/testing';
import { bitbucketDataCenterPlugin, bitbucketPlugin } from '@anyforge/provider-bitbucket';
import { giteaPlugin } from '@anyforge/provider-gitea';
import { githubPlugin } from '@anyforge/provider-github';
import { gitlabPlugin } from '@anyforge/provider-gitlab';
import { createSharedBudgets } from '@anyforge/provider-kit';
import { createGuardedFetch } from '@anyforge/provider-kit/guarded-fetch';
import { FastClock } from '../fast-clock.js';
import type { Message, Opening, OperationAnswer, OperationName } from './protocol.js';
import { operations, requests } from './protocol.js';

const plugins: readonly ProviderPlugin[] = [
  githubPlugin,
  gitlabPlugin,
  bitbucketPlugin,
  bitbucketDataCenterPlugin,
  giteaPlugin,
];

/** Of the database's clock, which is no faster than the system's. */
const takeOverAfterMs = 1_500;
const pageSize = 200;
const looksAtMost = 20;

const tell = (message: Message): void => {
  process.send?.(message);
};

type Handlers = { readonly [Name in OperationName]: (input: unknown) => Promise<OperationAnswer<Name>> };

async function open({ dataDirectory, databaseUrl, encryptionKey, time }: Opening): Promise<{
  readonly hub: Hub;
  readonly handlers: Handlers;
}> {
  const clock = new FastClock(time);
  const logger = {
    debug: () => undefined,
    warn: (fields: object, message: string) => {
      tell({ kind: 'warning', text: `${message} ${JSON.stringify(fields)}` });
    },
  };
  const fetch = createGuardedFetch({ addresses: { private: false, loopback: true } });
  const inspectable = await openInspectableHub({
    dataDirectory,
    database: databaseUrl === undefined ? undefined : { url: databaseUrl },
    encryptionKey,
    publicUrl: 'http://localhost:4400',
    plugins: { get: (type) => plugins.find((plugin) => plugin.type === type), list: () => plugins },
    publicGitProviders: false,
    providerContext: ({ budgets, responses }) => ({
      fetch,
      budgets: createSharedBudgets({ clock, logger, store: budgets }),
      responses,
    }),
    takeOverAfterMs,
    clock,
    logger,
  });
  return { hub: inspectable.hub, handlers: handlersOf(inspectable) };
}

function callerOf(personId: string): Caller {
  return {
    personId,
    username: personId,
    role: 'administrator',
    via: { kind: 'session', sessionId: `session of ${personId}` },
  };
}

const administrator = callerOf('administrator');

function handlersOf(inspectable: InspectableHub): Handlers {
  const { hub } = inspectable;
  return {
    addProvider: (input) => hub.gitProviders.create(administrator, operations.addProvider.input.parse(input)),
    changeProvider: async (input) => {
      const { gitProviderId, ...change } = operations.changeProvider.input.parse(input);
      await hub.gitProviders.update(administrator, gitProviderId, change);
      return null;
    },
    removeProvider: async (input) => {
      const { gitProviderId, name } = operations.removeProvider.input.parse(input);
      await hub.gitProviders.remove(administrator, gitProviderId, { name });
      return null;
    },
    cleanUp: async (input) => {
      const { gitProviderId } = operations.cleanUp.input.parse(input);
      const count = await hub.organizationSettings.outside(gitProviderId);
      await hub.organizationSettings.cleanUp(administrator, gitProviderId, count);
      return count;
    },
    putToken: async (input) => {
      const { personId, gitProviderId, ...token } = operations.putToken.input.parse(input);
      return hub.connections.putToken(callerOf(personId), gitProviderId, token);
    },
    signOut: async (input) => {
      const { personId, gitProviderId } = operations.signOut.input.parse(input);
      await hub.connections.signOut(callerOf(personId), gitProviderId);
      return null;
    },
    start: async (input) => {
      const { personId } = operations.start.input.parse(input);
      return toPlain(await hub.syncs.start(personId));
    },
    cancel: async (input) => {
      const { personId, syncId } = operations.cancel.input.parse(input);
      return toPlain(await hub.syncs.cancel(personId, syncId));
    },
    listSyncs: async (input) => {
      const { personId } = operations.listSyncs.input.parse(input);
      return (await hub.syncs.list(personId)).map(toPlain);
    },
    watch: async (input) => {
      const { watch, personId, syncId } = operations.watch.input.parse(input);
      let sync = await hub.syncs.changed(personId, syncId);
      for (;;) {
        tell({ kind: 'sync', watch, sync: toPlain(sync) });
        if (sync.finishedAt !== undefined) return null;
        sync = await hub.syncs.changed(personId, syncId, { after: sync.revision });
      }
    },
    look: (input) => look(hub, input),
    traces: (input) => inspectable.traces(operations.traces.input.parse(input).gitProviderId),
  };
}

function toPlain(sync: Awaited<ReturnType<Hub['syncs']['get']>>): Extract<Message, { kind: 'sync' }>['sync'] {
  const tasks = sync.tasks.map((task) => ({
    ...task,
    waitingUntil: task.waitingUntil?.getTime(),
    startedAt: task.startedAt?.getTime(),
    finishedAt: task.finishedAt?.getTime(),
  }));
  return { ...sync, finishedAt: sync.finishedAt?.getTime(), tasks };
}

/** A list has several pages; it is one look at it only when the same one was shown all the time. */
async function look(hub: Hub, input: unknown): Promise<OperationAnswer<'look'>> {
  const owner = operations.look.input.parse(input);
  for (let looks = 0; looks < looksAtMost; looks += 1) {
    const before = await hub.connections.get(owner.personId, owner.gitProviderId);
    const { repositories, isWhole } = await readList(hub, owner);
    const after = await hub.connections.get(owner.personId, owner.gitProviderId);
    if (!isWhole || identify(before) !== identify(after)) continue;
    return {
      accountId: after?.account.id,
      completedAt: after?.visible?.completedAt.getTime(),
      needsAttention: after?.needsAttention !== undefined,
      omitted: (after?.visible?.omitted ?? []).map(({ organization }) =>
        'id' in organization ? organization.id : organization.path,
      ),
      repositories,
    };
  }
  throw new UnsteadyError('The list never stood still for long enough to be read.');
}

async function readList(
  hub: Hub,
  { personId, gitProviderId }: { readonly personId: string; readonly gitProviderId: string },
): Promise<{ readonly repositories: OperationAnswer<'look'>['repositories']; readonly isWhole: boolean }> {
  const repositories: OperationAnswer<'look'>['repositories'] = [];
  const totals = new Set<number>();
  let cursor: string | undefined;
  do {
    const page = await hub.repositories.list(personId, { gitProviderId, limit: pageSize, cursor });
    repositories.push(
      ...page.items.map(({ id, path, permission }) => ({ id, path, level: permission.level })),
    );
    totals.add(page.total);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return { repositories, isWhole: totals.size === 1 && totals.has(repositories.length) };
}

class UnsteadyError extends Error {}

function identify(connection: Awaited<ReturnType<Hub['connections']['get']>>): string {
  if (connection === null) return 'nobody';
  const { account, visible, createdAt, updatedAt, needsAttention } = connection;
  return JSON.stringify([account.id, visible?.completedAt, createdAt, updatedAt, needsAttention?.since]);
}

function refusalOf(error: unknown): { readonly kind: string; readonly message: string } {
  if (error instanceof HubError) return { kind: error.kind, message: error.message };
  if (ProviderError.is(error)) return { kind: error.kind, message: error.message };
  if (error instanceof UnsteadyError) return { kind: 'unsteady', message: error.message };
  return { kind: 'fault', message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

let opened: ReturnType<typeof open> | undefined;

process.on('message', (received) => {
  const request = requests.parse(received);
  switch (request.kind) {
    case 'open':
      opened = open(request.options);
      void opened.then(() => {
        tell({ kind: 'opened' });
      });
      return;
    case 'call': {
      const { id, name, input } = request;
      if (opened === undefined) throw new Error('The hub is not open yet.');
      void opened
        .then(async ({ handlers }): Promise<unknown> => handlers[name](input))
        .then(
          (value: unknown) => {
            tell({ kind: 'answer', id, value });
          },
          (error: unknown) => {
            tell({ kind: 'refusal', id, error: refusalOf(error) });
          },
        );
      return;
    }
    case 'close':
      void opened?.then(async ({ hub }) => {
        await hub.close();
        process.disconnect();
      });
  }
});
// A child of nobody is of no use.
process.on('disconnect', () => {
  process.exit();
});
tell({ kind: 'loaded' });
