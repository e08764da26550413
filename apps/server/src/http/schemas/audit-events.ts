import { z } from 'zod';

const auditEventSchema = z
  .object({
    id: z.string(),
    at: z.iso.datetime(),
    person: z
      .object({ id: z.string(), username: z.string() })
      .optional()
      .describe('Who, under the name of that time. Absent: the server did it by itself'),
    via: z.enum(['session', 'api_token', 'server']),
    viaId: z.string().optional().describe('Which session or API token; of my own events only'),
    subjectId: z.string().optional().describe('The person to whom it was done, where that is somebody else'),
    action: z.string().describe('`git_credential.issued`, `git_provider.deleted`'),
    gitProviderId: z.string().optional().describe('The git provider may be gone'),
    details: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]))
      .describe('What else the action tells, by name; never a secret'),
  })
  .meta({ id: 'AuditEvent' });

export const auditEventListSchema = z
  .object({
    items: z.array(auditEventSchema),
    nextCursor: z.string().optional().describe('Absent: this is the last page'),
  })
  .meta({ id: 'AuditEventList' });
