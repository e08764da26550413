import { isBareAddress, isPlainHttps } from '@anyforge/provider-kit';
import { z } from 'zod';

const webAddress = z
  .url({ protocol: /^https?$/, error: 'Give a web address that begins with https://', abort: true })
  .refine((value) => isBareAddress(value), {
    error: 'Give the address alone, without user name, query or fragment.',
  });

/** The configuration of one Gitea or Forgejo: `{ baseUrl: 'https://codeberg.org' }` is enough for tokens. */
export interface GiteaConfig {
  /** The web address, as people open it in a browser, with the path prefix if the instance has one. */
  readonly baseUrl: string;
  /** The application through which people sign in. Without a secret it is a public client. Absent: with tokens only. */
  readonly oauth?: { readonly clientId: string; readonly clientSecret?: string | undefined } | undefined;
}

const oauth = z
  .strictObject({
    clientId: z
      .string()
      .regex(/^\S+$/, { error: 'Give the client ID, without spaces.' })
      .meta({ title: 'Client ID' }),
    clientSecret: z
      .string()
      .regex(/^\S+$/, { error: 'Give the client secret, without spaces, or leave it out.' })
      .optional()
      .meta({
        title: 'Client secret',
        description: 'Leave it out for an application that is not a confidential client.',
        writeOnly: true,
      }),
  })
  .meta({ title: 'OAuth', description: 'The application through which people sign in.' });

export const configSchema: z.ZodType<GiteaConfig> = z.strictObject({
  baseUrl: webAddress
    .refine((value) => !/\/api(\/v\d+)?\/*$/.test(new URL(value).pathname), {
      error: 'Give the web address, not that of the API.',
    })
    .refine((value) => !isCodeberg(value) || new URL(value).pathname === '/', {
      error: 'Give the web address of Codeberg alone, without the path of an organization or repository.',
    })
    .refine((value) => !isCodeberg(value) || isPlainHttps(value), {
      error: 'Codeberg is reached over https:// only, at its own port.',
    })
    .meta({
      title: 'Base URL',
      description: 'The web address, as people open it in a browser, with its path prefix if it has one.',
    }),
  oauth: oauth.optional(),
});

/** A form can be rendered from it. */
export const configJsonSchema: object = z.toJSONSchema(configSchema, { io: 'input' });

function isCodeberg(baseUrl: string): boolean {
  return new URL(baseUrl).hostname === 'codeberg.org';
}
