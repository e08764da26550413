import { explanationSteps } from '@anyforge/hub';
import { z } from 'zod';
import { permissionSchema } from './repositories.js';

const stepSchema = z.enum(explanationSteps);

export const explanationSchema = z
  .object({
    gitProviderId: z.string(),
    path: z.string().describe('As the forge writes it, where it told; else as asked'),
    listed: z.boolean().describe('Whether it stands in my list now'),
    permission: permissionSchema.optional().describe('My own, as the forge tells it now'),
    verdict: z.object({
      step: stepSchema.optional().describe('The one that decides. Absent: nothing stands in the way'),
      detail: z.string(),
    }),
    steps: z.array(
      z
        .object({
          step: stepSchema,
          status: z.enum(['passed', 'failed', 'unknown', 'skipped']),
          detail: z.string(),
          at: z.iso.datetime().optional().describe('Of `last_sync`: when it ended'),
          repair: z.object({ text: z.string(), url: z.string().optional() }).optional(),
        })
        .meta({ id: 'ExplainedStep' }),
    ),
  })
  .meta({ id: 'Explanation', description: 'Why I see a repository, or do not' });
