import { isBareAddress, isPlainHttps } from '@anyforge/provider-kit';
import { z } from 'zod';

const webAddress = z
  .url({ protocol: /^https?$/, error: 'Give a web address that begins with https://', abort: true })
  .refine((value) => isBareAddress(value), {
    error: 'Give the address alone, without user name, query or fragment.',
  });

/** The configuration of Bitbucket Cloud: `{ baseUrl: 'https://bitbucket.org' }` is enough for tokens. */
export interface BitbucketConfig {
  /** The web address: https://bitbucket.org, unless it is reached through something else. */
  readonly baseUrl: string;
  /** Only where the web address is not https://bitbucket.org: then, and always then. */
  readonly apiUrl?: string | undefined;
  /** The OAuth consumer with which people sign in. */
  readonly oauth?: BitbucketOAuthConfig | undefined;
}

export interface BitbucketOAuthConfig {
  /** Bitbucket calls it the key. */
  readonly clientId: string;
  readonly clientSecret: string;
}

const word = (error: string) => z.string({ error }).regex(/^\S+$/, { error });

const oauth = z
  .strictObject({
    clientId: word("Give the consumer's key, without spaces.").meta({ title: 'Key' }),
    clientSecret: word("Give the consumer's secret, without spaces.").meta({
      title: 'Secret',
      writeOnly: true,
    }),
  })
  .meta({ title: 'OAuth consumer' });

export const configSchema: z.ZodType<BitbucketConfig> = z
  .strictObject({
    baseUrl: webAddress
      .refine((value) => !['www.bitbucket.org', 'api.bitbucket.org'].includes(new URL(value).hostname), {
        error: 'The web address of Bitbucket Cloud is https://bitbucket.org.',
      })
      .refine((value) => new URL(value).pathname === '/', {
        error: "Give Bitbucket's web address alone, without the path of a workspace or repository.",
      })
      .refine((value) => !isBitbucketOrg(value) || isPlainHttps(value), {
        error: 'Bitbucket Cloud is reached over https:// only, at its own port.',
      })
      .meta({
        title: 'Base URL',
        description: "Bitbucket Cloud's web address. Bitbucket Data Center is a type of its own.",
      }),
    apiUrl: webAddress.optional().meta({
      title: 'API URL',
      description:
        'Only where Bitbucket Cloud is reached through another address than https://bitbucket.org.',
    }),
    oauth: oauth.optional(),
  })
  .refine(({ baseUrl, apiUrl }) => apiUrl === undefined || !isBitbucketOrg(baseUrl), {
    path: ['apiUrl'],
    error: 'The address of the API of https://bitbucket.org is known: leave this out.',
  })
  .refine(({ baseUrl, apiUrl }) => apiUrl !== undefined || isBitbucketOrg(baseUrl), {
    path: ['baseUrl'],
    error:
      'Bitbucket Cloud is at https://bitbucket.org. Bitbucket Data Center is a type of its own; ' +
      'where Bitbucket Cloud is reached through another address, give the API URL as well.',
  });

/** A form can be rendered from it. */
export const configJsonSchema: object = z.toJSONSchema(configSchema, { io: 'input' });

function isBitbucketOrg(baseUrl: string): boolean {
  return new URL(baseUrl).hostname === 'bitbucket.org';
}
