import { permissionLevels } from '@anyforge/core';
import { z } from 'zod';
import { accountSchema, omissionSchema } from './connections.js';

export const levels = [...permissionLevels, 'unknown'] as const;
export const visibilities = ['public', 'internal', 'private'] as const;

export const permissionSchema = z
  .discriminatedUnion('level', [
    z.object({ level: z.enum(permissionLevels), native: z.string().describe('The forge’s own word') }),
    z.object({ level: z.literal('unknown'), native: z.string(), reason: z.string() }),
  ])
  .meta({ id: 'Permission', description: 'What an account may do on a repository' });

const link = 'Absent: the forge gave one that leads away from its own addresses';

export const repositorySchema = z
  .object({
    id: z.string().describe('The git provider’s id, a colon, and the forge’s id'),
    gitProviderId: z.string(),
    forgeId: z.string().describe('Stable on that forge, through renames and transfers'),
    path: z.string().describe('`acme/platform/api`'),
    name: z.string(),
    namespace: z.string().describe('`acme/platform`'),
    description: z.string().optional(),
    webUrl: z.string().optional().describe(link),
    httpsCloneUrl: z.string().optional().describe(link),
    sshCloneUrl: z.string().optional(),
    defaultBranch: z.string().optional().describe('Absent: it is empty, or the forge does not tell'),
    visibility: z.enum(visibilities),
    archived: z.boolean(),
    fork: z.boolean().optional(),
    updatedAt: z.iso.datetime().optional(),
    permission: permissionSchema.describe('My own'),
    observedAt: z.iso
      .datetime()
      .describe(
        'When my last complete listing ended, which has it, or when the forge told of it since, to anyone',
      ),
  })
  .meta({ id: 'Repository', description: 'A repository as I see it through one git provider' });

export const repositoryListSchema = z
  .object({
    items: z.array(repositorySchema),
    nextCursor: z.string().optional().describe('Absent: this is the last page'),
    total: z.int().describe('How many the filter lets through, on all pages'),
  })
  .meta({ id: 'RepositoryList' });

export const repositoryPermissionsSchema = z
  .object({
    items: z.array(
      z
        .object({
          account: accountSchema,
          permission: permissionSchema,
          via: z
            .array(z.enum(['direct', 'group', 'inherited', 'shared', 'public']))
            .optional()
            .describe('Through what. Absent: the forge does not tell'),
        })
        .meta({ id: 'AccountPermission', description: 'What one account may do on a repository' }),
    ),
    omitted: z.array(omissionSchema).describe('What the forge left out, and says so'),
  })
  .meta({ id: 'RepositoryPermissions' });
