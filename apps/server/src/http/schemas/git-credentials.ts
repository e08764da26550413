import { z } from 'zod';

export const gitCredentialRequestSchema = z
  .strictObject({
    protocol: z.string().max(20).describe('`https`; `http` for this machine itself'),
    host: z.string().max(300).describe('With the port, where the address has one'),
    path: z
      .string()
      .max(2048)
      .optional()
      .describe('Of the repository. Git tells it only with `credential.useHttpPath`'),
    gitProviderId: z
      .string()
      .optional()
      .describe('Where several git providers of mine are at one address: this one'),
  })
  .meta({ id: 'GitCredentialRequest', description: 'The fields of git’s credential protocol' });

const expiresAt = z.iso.datetime().optional().describe('Absent: it does not expire, or nobody knows');

export const gitCredentialSchema = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('basic'), username: z.string(), password: z.string(), expiresAt }),
    z.object({ kind: z.literal('bearer'), token: z.string(), expiresAt }),
  ])
  .meta({ id: 'GitCredential', description: 'What git signs in with: my own credential' });
