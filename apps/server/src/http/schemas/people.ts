import { z } from 'zod';

export const roleSchema = z.enum(['administrator', 'member']);

export const personSchema = z
  .object({
    id: z.string(),
    username: z.string(),
    displayName: z.string().optional(),
    role: roleSchema,
    status: z
      .enum(['active', 'awaiting_password'])
      .describe('`awaiting_password`: they have to choose one with the link that an administrator gave them'),
    signsInWith: z.enum(['password', 'openid_connect']),
    createdAt: z.iso.datetime(),
    lastSignedInAt: z.iso.datetime().optional(),
  })
  .meta({ id: 'Person' });

export const personListSchema = z.object({ items: z.array(personSchema) }).meta({ id: 'PersonList' });

const passwordLinkSchema = z
  .object({
    purpose: z.enum(['invitation', 'reset']),
    url: z.url().describe('To be handed to the person. It is shown this once'),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'PasswordLink' });

export const invitedPersonSchema = z
  .object({ person: personSchema, link: passwordLinkSchema })
  .meta({ id: 'InvitedPerson' });

export const passwordLinkViewSchema = z
  .object({
    purpose: z.enum(['invitation', 'reset']),
    username: z.string(),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'PasswordLinkView' });
