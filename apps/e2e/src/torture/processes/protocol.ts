import { z } from 'zod';

/**
 * What a torture asks of a hub in a process of its own, and what that tells: the one place that knows both sides. Times
 * are epoch milliseconds of the torture's clock.
 */

const owner = z.object({ personId: z.string(), gitProviderId: z.string() });
const time = z.number();
const lock = z.array(z.object({ id: z.string(), path: z.string() }));
const settings = z.object({
  organizations: lock,
  patterns: z.array(z.string()),
  syncPolicy: z.enum(['staged', 'revoke-first']),
});

const task = z.object({
  id: z.string(),
  gitProviderId: z.string(),
  state: z.enum(['queued', 'running', 'waiting', 'succeeded', 'failed', 'cancelled', 'interrupted']),
  pages: z.number(),
  repositories: z.number(),
  waitingUntil: time.optional(),
  error: z.object({ kind: z.string(), message: z.string() }).optional(),
  startedAt: time.optional(),
  finishedAt: time.optional(),
});

const sync = z.object({
  id: z.string(),
  state: task.shape.state,
  revision: z.number(),
  done: z.number(),
  finishedAt: time.optional(),
  tasks: z.array(task),
});

/** What one person sees of one git provider, in one look at it. */
const view = z.object({
  /** The account of the connection; absent: not signed in. */
  accountId: z.string().optional(),
  /** When the list that is shown was completed; absent: none was. */
  completedAt: time.optional(),
  needsAttention: z.boolean(),
  /** The organizations, by id or path, that the forge left out. */
  omitted: z.array(z.string()),
  repositories: z.array(z.object({ id: z.string(), path: z.string(), level: z.string() })),
});

const traces = z.object({
  unreferencedGenerations: z.number(),
  unreferencedPermissions: z.number(),
  doublyOpenConnections: z.number(),
  tasksOfNobody: z.number(),
});

const nothing = z.null();

export const operations = {
  addProvider: {
    input: settings.extend({ name: z.string(), type: z.string(), config: z.unknown() }),
    output: z.object({ id: z.string() }),
  },
  changeProvider: { input: settings.partial().extend({ gitProviderId: z.string() }), output: nothing },
  removeProvider: { input: z.object({ gitProviderId: z.string(), name: z.string() }), output: nothing },
  cleanUp: { input: z.object({ gitProviderId: z.string() }), output: z.number() },
  putToken: {
    input: owner.extend({ token: z.string(), username: z.string().optional() }),
    output: z.object({ syncId: z.string() }),
  },
  signOut: { input: owner, output: nothing },
  start: { input: z.object({ personId: z.string() }), output: sync },
  cancel: { input: z.object({ personId: z.string(), syncId: z.string() }), output: sync },
  listSyncs: { input: z.object({ personId: z.string() }), output: z.array(sync) },
  /** Tells every change of a sync until it has ended, and answers then. */
  watch: {
    input: z.object({ watch: z.number(), personId: z.string(), syncId: z.string() }),
    output: nothing,
  },
  look: { input: owner, output: view },
  traces: { input: z.object({ gitProviderId: z.string() }), output: traces },
} as const;

export type OperationName = keyof typeof operations;
export type OperationInput<Name extends OperationName> = z.input<(typeof operations)[Name]['input']>;
export type OperationOutput<Name extends OperationName> = z.output<(typeof operations)[Name]['output']>;
/** As the process has it, before it is sent. */
export type OperationAnswer<Name extends OperationName> = z.input<(typeof operations)[Name]['output']>;

/** How answers are read. */
export const answers: {
  readonly [Name in OperationName]: { readonly output: { parse(value: unknown): OperationOutput<Name> } };
} = { ...operations };

const operationNames = z.enum([
  'addProvider',
  'changeProvider',
  'removeProvider',
  'cleanUp',
  'putToken',
  'signOut',
  'start',
  'cancel',
  'listSyncs',
  'watch',
  'look',
  'traces',
]);

/** What a process needs to open its hub. */
const opening = z.object({
  dataDirectory: z.string(),
  databaseUrl: z.string().optional(),
  encryptionKey: z.string(),
  time: z.object({ since: z.number(), speed: z.number() }),
});

export const requests = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('open'), options: opening }),
  z.object({ kind: z.literal('call'), id: z.number(), name: operationNames, input: z.unknown() }),
  z.object({ kind: z.literal('close') }),
]);

export const messages = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('loaded') }),
  z.object({ kind: z.literal('opened') }),
  z.object({ kind: z.literal('answer'), id: z.number(), value: z.unknown() }),
  z.object({
    kind: z.literal('refusal'),
    id: z.number(),
    error: z.object({ kind: z.string(), message: z.string() }),
  }),
  z.object({ kind: z.literal('sync'), watch: z.number(), sync }),
  z.object({ kind: z.literal('warning'), text: z.string() }),
]);

export type Opening = z.output<typeof opening>;
export type Request = z.input<typeof requests>;
export type Message = z.input<typeof messages>;
export type SyncView = z.output<typeof sync>;
export type TaskView = z.output<typeof task>;
export type SeenList = z.output<typeof view>;
