import { z } from 'zod';
import type { Route } from '../route.js';
import { personalRoute } from '../route.js';
import { auditEventListSchema } from '../schemas/audit-events.js';

const pageQuery = z.strictObject({
  limit: z.coerce.number({ error: 'must be a number' }).default(50),
  cursor: z.string().optional(),
});

export const auditEventRoutes: readonly Route[] = [
  personalRoute({
    method: 'get',
    path: '/audit-events',
    operation: 'listAuditEvents',
    summary: 'What I did and what was done to me; for administrators also to people and git providers',
    tag: 'Audit trail',
    access: 'read',
    query: pageQuery,
    answers: { 200: { description: 'One page, newest first', schema: auditEventListSchema } },
    handle: async ({ hub, caller, query }) => ({ status: 200, body: await hub.audit.list(caller, query) }),
  }),
];
