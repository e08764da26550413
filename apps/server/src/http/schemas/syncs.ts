import { z } from 'zod';
import { omissionSchema } from './connections.js';

const stateSchema = z.enum([
  'queued',
  'running',
  'waiting',
  'succeeded',
  'failed',
  'cancelled',
  'interrupted',
]);

const syncTaskSchema = z
  .object({
    id: z.string(),
    gitProviderId: z.string(),
    state: stateSchema,
    pages: z.int(),
    repositories: z.int().describe('How many have been listed so far'),
    total: z.int().optional().describe('Absent: the forge does not tell'),
    omitted: z.array(omissionSchema),
    waitingUntil: z.iso.datetime().optional().describe('When a waiting task goes on'),
    error: z
      .object({
        kind: z.string().describe('The code of the problem, or `internal`'),
        message: z.string(),
        repair: z.object({ text: z.string(), url: z.string().optional() }).optional(),
      })
      .optional()
      .describe('Why it waits, failed or was interrupted'),
    startedAt: z.iso.datetime().optional(),
    finishedAt: z.iso.datetime().optional(),
  })
  .meta({ id: 'SyncTask', description: 'The work of a sync for one connection' });

export const syncSchema = z
  .object({
    id: z.string(),
    state: stateSchema.describe('`running` while any task is, and at the end the worst of theirs'),
    revision: z.int().describe('Grows with every change'),
    done: z.int().describe('How many tasks have ended'),
    createdAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().optional().describe('Absent while any task is open'),
    tasks: z.array(syncTaskSchema),
  })
  .meta({ id: 'Sync', description: 'One run that fetches my repositories and permissions' });

export const syncListSchema = z.object({ items: z.array(syncSchema) }).meta({ id: 'SyncList' });
