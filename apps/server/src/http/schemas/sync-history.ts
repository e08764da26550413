import { z } from 'zod';

export const syncHistorySchema = z
  .object({
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    bucketMinutes: z.int().describe('How long each period is; they begin at multiples of it in UTC'),
    items: z
      .array(
        z.object({
          from: z.iso.datetime().describe('When the period begins'),
          succeeded: z.int(),
          failed: z.int(),
          cancelled: z.int(),
          interrupted: z.int(),
          medianMs: z
            .int()
            .optional()
            .describe('How long the middle one of those took that succeeded, waiting included'),
          maxMs: z.int().optional().describe('How long the longest of them took'),
        }),
      )
      .describe('Oldest first; without periods in which nothing ended'),
  })
  .meta({
    id: 'SyncHistory',
    description:
      'How the work of everybody’s syncs for one git provider has ended: in numbers, and whose is not told',
  });
