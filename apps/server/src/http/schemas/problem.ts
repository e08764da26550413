import { z } from 'zod';
import { problemStatuses } from '../problem-codes.js';

const problemCodeSchema = z.enum([...problemStatuses.keys()].toSorted()).meta({
  id: 'ProblemCode',
  description:
    'Stable: programs decide by it; docs/errors.md says what each means. A later version of the server may know more: treat one that you do not know by its status',
});

export const problemSchema = z
  .object({
    type: z.string().describe('`urn:anyforge:problem:` and the code'),
    title: z.string(),
    code: problemCodeSchema,
    status: z.int(),
    detail: z.string().describe('For people: what happened, and what to do'),
    requestId: z.string().describe('By which the log of the server knows the request'),
    repair: z
      .object({ text: z.string(), url: z.string().optional() })
      .optional()
      .describe('What to do, and where, in case the detail does not say so already'),
    fields: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .optional()
      .describe('Which fields of the request are wrong'),
    retryAt: z.iso.datetime().optional().describe('When asking again makes sense'),
    count: z.int().optional().describe('The number that has to be confirmed, where that is what is missing'),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details' });
