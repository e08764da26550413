import { testStepIds } from '@anyforge/hub';
import { z } from 'zod';
import { accountSchema, connectionSchema } from './connections.js';
import {
  gitProviderSchema,
  lockedOrganizationSchema,
  scheduleSchema,
  syncPolicySchema,
} from './git-providers.js';

const fields = z.array(z.object({ path: z.string(), message: z.string() }));
const repair = z.object({ text: z.string(), url: z.string().optional() });

export const draftValuesSchema = z
  .strictObject({
    // What is typed may be too long; the hub, which says so, counts characters and not their code units.
    name: z.string().max(1000, 'must be at most 100 characters').optional(),
    config: z
      .record(z.string(), z.unknown())
      .optional()
      .describe('Of the form that the provider type tells. An empty secret is unchanged, null removes it'),
    organizations: z.array(lockedOrganizationSchema).max(1000).optional(),
    patterns: z.array(z.string()).max(1000).optional(),
    syncPolicy: syncPolicySchema.optional(),
    schedule: scheduleSchema.nullable().optional(),
  })
  .meta({ id: 'GitProviderDraftValues', description: 'What was typed. It need not be complete, or right' });

export const newDraftSchema = z
  .strictObject({
    type: z.string(),
    gitProviderId: z
      .string()
      .optional()
      .describe(
        'The git provider that is to be changed: the draft begins with its settings. Absent: a new one',
      ),
    values: draftValuesSchema.optional(),
  })
  .meta({ id: 'NewGitProviderDraft' });

const identitySchema = z.object({
  account: accountSchema,
  email: z.string().optional(),
  scopes: z.array(z.string()).optional().describe('Absent: the forge does not tell'),
  missingScopes: z.array(z.string()).optional(),
  expiresAt: z.iso.datetime().optional(),
});

export const draftSchema = z
  .object({
    id: z.string(),
    type: z.string(),
    gitProviderId: z
      .string()
      .describe('The git provider that is being changed, or the id that the new one will have'),
    gitProviderVersion: z.int().optional().describe('The version that is being changed. Absent: a new one'),
    redirectUrl: z.string().describe('Where the forge has to send people back to, exactly so'),
    name: z.string(),
    config: z.unknown().describe('Without its secrets'),
    secretsSet: z.array(z.string()),
    secretsToRetype: z
      .array(z.string())
      .describe(
        'Given for another address or OAuth client: they are sent nowhere, and have to be typed again',
      ),
    organizations: z.array(lockedOrganizationSchema),
    patterns: z.array(z.string()),
    syncPolicy: syncPolicySchema,
    schedule: scheduleSchema.nullable(),
    revision: z.int().describe('Grows with every change'),
    signIn: z
      .object({
        kind: z.enum(['token', 'oauth']),
        identity: identitySchema.optional().describe('Absent: no test has asked whose it is'),
        usable: z
          .boolean()
          .describe('False: it belongs to the address and OAuth client that the draft had before'),
      })
      .nullable()
      .describe('Null: nobody has signed in for the test'),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    expiresAt: z.iso.datetime().describe('It is forgotten then, unless it is changed before'),
  })
  .meta({ id: 'GitProviderDraft' });

const plannedStep = z.object({ step: z.enum(testStepIds), title: z.string() });

export const testLineSchema = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('plan'), revision: z.int(), steps: z.array(plannedStep) }),
    plannedStep.extend({
      kind: z.literal('step'),
      status: z.enum(['passed', 'failed', 'waiting', 'skipped']),
      detail: z.string().optional(),
      repair: repair.optional().describe('What to do about it, and where'),
      code: z.string().optional().describe('Of a failed step: the code of the problem'),
      fields: fields.optional().describe('Which values of the draft to look at'),
      redirectUrl: z.string().optional().describe('What the forge has to have as redirect URL, exactly so'),
    }),
    z.object({
      kind: z.literal('summary'),
      revision: z.int(),
      outcome: z.enum(['passed', 'failed', 'waiting']),
      message: z.string(),
    }),
  ])
  .meta({
    id: 'GitProviderTestLine',
    description: 'First the steps to come, then each as it ends, last the summary',
  });

export const saveSchema = z
  .strictObject({
    parks: z
      .int()
      .nonnegative()
      .optional()
      .describe('How many connections I know to be parked: these people have to sign in again'),
  })
  .meta({ id: 'GitProviderDraftSaving' });

export const savedDraftSchema = z
  .object({
    gitProvider: gitProviderSchema,
    connection: connectionSchema.nullable().describe("What the test's sign-in has become. Null: nothing"),
    syncId: z.string().optional().describe('The sync that the new connection has started'),
    signIn: z
      .enum(['connected', 'none', 'outdated', 'untested'])
      .describe(
        "What has become of the test's sign-in. `outdated`: it was made at another address or with another OAuth client. `untested`: no test has asked whose it is, or the forge has refused it. Both were dropped, and revoked where the forge can",
      ),
  })
  .meta({ id: 'SavedGitProviderDraft' });
