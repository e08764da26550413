import { isBareAddress, isPlainHttps } from '@anyforge/provider-kit';
import { z } from 'zod';

const webAddress = z
  .url({ protocol: /^https?$/, error: 'Give a web address that begins with https://', abort: true })
  .refine((value) => isBareAddress(value), {
    error: 'Give the address alone, without user name, query or fragment.',
  });

/** The configuration of one GitHub: `{ baseUrl: 'https://github.com' }` is enough for most. */
export interface GithubConfig {
  /** The web address, as people open it in a browser: of GitHub.com, a subdomain of ghe.com, or an Enterprise Server. */
  readonly baseUrl: string;
  /** Only where the API is not at the place that GitHub gives it for that address. */
  readonly apiUrl?: string | undefined;
  /** The OAuth App or GitHub App through which people sign in. Absent: with tokens only. */
  readonly oauth?: { readonly clientId: string; readonly clientSecret?: string | undefined } | undefined;
}

const oauth = z
  .strictObject({
    clientId: z.string().regex(/^\S+$/, { error: 'Give the client ID, without spaces.' }).meta({
      title: 'Client ID',
      description: 'Of the OAuth App or the GitHub App.',
    }),
    clientSecret: z
      .string()
      .regex(/^\S+$/, { error: 'Give the client secret, without spaces.' })
      .optional()
      .meta({
        title: 'Client secret',
        description: 'Needed for everything but signing in with a code.',
        writeOnly: true,
      }),
  })
  .meta({ title: 'OAuth', description: 'The application through which people sign in.' });

export const configSchema: z.ZodType<GithubConfig> = z
  .strictObject({
    baseUrl: webAddress
      .refine((value) => !['www.github.com', 'api.github.com'].includes(new URL(value).hostname), {
        error: 'The web address of GitHub.com is https://github.com.',
      })
      .refine((value) => new URL(value).pathname === '/', {
        error:
          "Give GitHub's web address alone, without a path: neither that of its API nor of an organization.",
      })
      .refine((value) => !isGithubCloud(value) || isPlainHttps(value), {
        error: 'GitHub.com and ghe.com are reached over https:// only, at its own port.',
      })
      .meta({ title: 'Base URL', description: "GitHub's web address, as people open it in a browser." }),
    apiUrl: webAddress.optional().meta({
      title: 'API URL',
      description: 'Only if the API is not where GitHub usually has it for that address.',
    }),
    oauth: oauth.optional(),
  })
  .refine(({ baseUrl, apiUrl }) => apiUrl === undefined || !isGithubCloud(baseUrl), {
    path: ['apiUrl'],
    error: 'The address of the API of GitHub.com and ghe.com is known: leave this out.',
  });

/** A form can be rendered from it. */
export const configJsonSchema: object = z.toJSONSchema(configSchema, { io: 'input' });

/** Whether GitHub itself hosts that address: GitHub.com, or an enterprise's own subdomain of ghe.com. */
export function isGithubCloud(baseUrl: string): boolean {
  const { hostname } = new URL(baseUrl);
  return hostname === 'github.com' || hostname.endsWith('.ghe.com');
}
