import { z } from 'zod';
import { connectionSchema, omissionSchema } from './connections.js';

export const syncPolicySchema = z
  .enum(['staged', 'revoke-first'])
  .describe(
    '`staged`: people keep their last complete list until the new one is complete. `revoke-first`: nothing is visible until it is confirmed again',
  );

export const scheduleSchema = z
  .strictObject({
    everyMinutes: z
      .int()
      .describe(
        '15 to 10080, which is a week; each list at a moment of its own, so that not all come at once',
      ),
  })
  .meta({ id: 'SyncSchedule', description: 'How often lists are synchronized without anybody asking' });

export const lockedOrganizationSchema = z
  .strictObject({
    id: z.string().max(200, 'must be at most 200 characters').describe('The forge’s own, stable id'),
    path: z
      .string()
      .max(1000, 'must be at most 1000 characters')
      .describe('The path that it had when it was chosen'),
  })
  .meta({ id: 'LockedOrganization' });

const organizationsSchema = z
  .array(lockedOrganizationSchema)
  .max(100, 'must be at most 100')
  .describe('Only repositories of these, and of all that is under them. Empty: no lock');
const patternsSchema = z
  .array(z.string().max(513, 'must be at most 513 characters'))
  .max(100, 'must be at most 100')
  .describe(
    'Globs on the repository’s path in order; `!` excludes; the last match decides. Empty: everything',
  );
const configSchema = z
  .record(z.string(), z.unknown())
  .describe('Of the form that the provider type tells in `configSchema`');

export const organizationSettingsSchema = z
  .strictObject({ organizations: organizationsSchema, patterns: patternsSchema })
  .meta({ id: 'OrganizationSettings', description: 'Which repositories are listed' });

export const newGitProviderSchema = z
  .strictObject({
    name: z.string(),
    type: z.string(),
    config: configSchema,
    organizations: organizationsSchema.optional(),
    patterns: patternsSchema.optional(),
    syncPolicy: syncPolicySchema.optional(),
    schedule: scheduleSchema.nullable().optional().describe('Null or absent: none'),
  })
  .meta({ id: 'NewGitProvider' });

export const gitProviderChangeSchema = z
  .strictObject({
    name: z.string().optional(),
    type: z.string().optional().describe('What it is already: it can’t be changed'),
    config: configSchema
      .optional()
      .describe('In place of the former one. A secret that is empty or absent stays, null removes it'),
    organizations: organizationsSchema.optional(),
    patterns: patternsSchema.optional(),
    syncPolicy: syncPolicySchema.optional(),
    schedule: scheduleSchema.nullable().optional().describe('Null: none any more'),
    parks: z
      .int()
      .nonnegative()
      .optional()
      .describe(
        'How many connections the change may park. Needed when it changes an address or the OAuth client: `parks_connections` tells the number',
      ),
  })
  .meta({ id: 'GitProviderChange', description: 'What is left out stays as it is' });

const members = {
  id: z.string(),
  type: z.string(),
  name: z.string(),
  config: z.unknown().describe('Without its secrets'),
  secretsSet: z.array(z.string()).describe('Which secrets are set: `oauth.clientSecret`'),
  restricted: z.boolean().describe('Whether only some of what accounts see is listed'),
  organizations: organizationsSchema.optional().describe('For administrators only'),
  patterns: patternsSchema.optional().describe('For administrators only'),
  syncNeeded: z
    .boolean()
    .optional()
    .describe(
      'For administrators only: whether there may be more to list than lists have, because the settings let more through since. It is known once everybody has synchronized',
    ),
  syncPolicy: syncPolicySchema,
  schedule: scheduleSchema.nullable().describe('Null: nothing is synchronized that nobody asks for'),
  version: z.int().describe('Grows with every change; the `ETag` carries it'),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
};

export const gitProviderSchema = z
  .object(members)
  .meta({ id: 'GitProvider', description: 'One configured instance of a forge' });

export const listedGitProviderSchema = z
  .object({
    ...members,
    waysToSignIn: z
      .array(z.enum(['token', 'oauth', 'device']))
      .describe('How people sign in there; none while its plugin or its secrets can’t be had'),
    connection: connectionSchema.nullable().describe('My own. Null: I am not signed in'),
    health: z
      .object({
        connections: z.int(),
        needAttention: z.int().describe('Of these, those whose person has to sign in again'),
        lastCompletedAt: z.iso
          .datetime()
          .optional()
          .describe('When anybody’s list was last complete. Absent: none is'),
        lastFailure: z
          .object({
            at: z.iso.datetime(),
            kind: z.string().describe('The code of the problem, or `internal`'),
            message: z.string().describe('In words that name nobody, and nothing but the git provider'),
          })
          .optional()
          .describe('The newest sync of anybody’s that failed, as long as finished syncs are kept'),
        rateBudgets: z
          .array(
            z.object({
              name: z.string().describe('The forge’s own: `core`. `*` for all requests'),
              per: z.enum(['credential', 'application', 'address']).describe('Who shares it'),
              limit: z.number(),
              remaining: z.number(),
              resetAt: z.iso.datetime(),
            }),
          )
          .describe('What is known to be left of the forge’s rate limits for me and for all'),
      })
      .optional()
      .describe('For administrators only'),
  })
  .meta({ id: 'ListedGitProvider', description: 'A git provider as I see it' });

export const tokenHelpSchema = z
  .object({
    variants: z.array(
      z.object({
        label: z.string(),
        createUrl: z.string().describe('The page of that very host on which one makes such a token'),
        scopes: z.array(z.string()),
        username: z.enum(['required', 'optional', 'none']),
        usernameLabel: z.string().optional(),
      }),
    ),
  })
  .meta({ id: 'TokenHelp' });

export const oauthHelpSchema = z
  .object({
    registerUrl: z.string().describe('The page of that very host on which one registers an application'),
    fields: z
      .array(z.object({ label: z.string(), value: z.string(), copy: z.boolean() }))
      .describe('What to enter there, the redirect address among it'),
    hints: z.array(z.string()),
  })
  .meta({ id: 'OAuthHelp' });

export const organizationListSchema = z
  .object({
    items: z.array(
      z.object({
        id: z.string(),
        path: z.string(),
        name: z.string(),
        avatarUrl: z.string().optional(),
        webUrl: z.string().optional(),
      }),
    ),
    omitted: z
      .array(omissionSchema)
      .describe('Organizations that have to let the application or the credential in first'),
  })
  .meta({ id: 'OrganizationList', description: 'All that my account sees, by path' });

const effect = {
  kept: z.int(),
  hidden: z.int(),
};

export const settingsPreviewSchema = z
  .object({
    total: z.int().describe('Repositories that are stored, whoever has listed them'),
    ...effect,
    organizations: z
      .array(z.object({ id: z.string(), path: z.string(), ...effect }))
      .describe('What lies in each, kept and hidden by the patterns. One may lie in several'),
    patterns: z.array(z.object({ pattern: z.string(), ...effect })).describe('What each pattern decides'),
    outside: z.int().describe('Of the hidden ones: in none of the organizations'),
    unmatched: z.int().describe('Of the hidden ones: matched by no pattern'),
    samples: z
      .object({ kept: z.array(z.string()), hidden: z.array(z.string()) })
      .describe('Paths of my own list'),
    knownOnlyAfterSync: z
      .boolean()
      .describe('There may be more, which the settings that stand have kept from being listed'),
    personalRepositories: z
      .boolean()
      .describe('There is no lock: people’s personal repositories are listed, too'),
  })
  .meta({ id: 'OrganizationSettingsPreview' });

export const cleanUpSchema = z
  .strictObject({ count: z.int().nonnegative().describe('Stored repositories outside the settings') })
  .meta({ id: 'CleanUp' });
