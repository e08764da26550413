import { z } from 'zod';
import { omissionSchema } from './connections.js';

const states = z.enum(['queued', 'running', 'waiting', 'succeeded', 'failed', 'cancelled', 'interrupted']);

const taskStateSchema = states.describe(
  '`queued`: ready, no worker has begun. `running`. `waiting`: for the forge, until `waitingUntil`; then it goes on by itself. The others are final. `succeeded`. `failed`: `error` says why. `cancelled`: by me, or with the sign-in. `interrupted`: the servers stopped again and again while it ran',
);

const syncTaskSchema = z
  .object({
    id: z.string(),
    gitProviderId: z.string(),
    state: taskStateSchema,
    pages: z.int().describe('How many answers of the forge have been stored so far'),
    repositories: z.int().describe('How many have been listed so far'),
    total: z
      .int()
      .optional()
      .describe('How many repositories the forge says that there are. Absent: it does not tell'),
    omitted: z.array(omissionSchema),
    waitingUntil: z.iso.datetime().optional().describe('When a task that waits goes on by itself'),
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
    state: states.describe(
      '`running` while any task is, then `waiting` while any is, then `queued`; at the end the worst of theirs',
    ),
    revision: z.int().describe('Grows with every change'),
    done: z.int().describe('How many tasks have ended, of all in `tasks`'),
    createdAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().optional().describe('Absent while any task is open'),
    tasks: z.array(syncTaskSchema),
  })
  .meta({ id: 'Sync', description: 'One run that fetches my repositories and permissions' });

export const syncListSchema = z.object({ items: z.array(syncSchema) }).meta({ id: 'SyncList' });
