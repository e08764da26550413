import { z } from 'zod';

const webAddress = z
  .url({ protocol: /^https?$/, error: 'Give a web address that begins with https://', abort: true })
  .refine((value) => isBare(value), {
    error: 'Give the address alone, without user name, query or fragment.',
  });

/** The configuration of one GitHub: `{ baseUrl: 'https://github.com' }` is enough for most. */
export const configSchema = z.strictObject({
  baseUrl: webAddress
    .refine((value) => !new URL(value).pathname.includes('/api/'), {
      error: "Give GitHub's web address, not that of its API.",
    })
    .refine((value) => !isGithubCloud(value) || value.startsWith('https:'), {
      error: 'GitHub.com and ghe.com are reached over https:// only.',
    })
    .meta({ title: 'Base URL', description: "GitHub's web address, as people open it in a browser." }),
  apiUrl: webAddress.optional().meta({
    title: 'API URL',
    description: 'Only where the API is not at the place that GitHub gives it for that address.',
  }),
});

export type GithubConfig = z.infer<typeof configSchema>;

/** A form can be rendered from it. */
export const configJsonSchema: object = z.toJSONSchema(configSchema, { io: 'input' });

/** Whether GitHub itself hosts that address: GitHub.com, or an enterprise's own subdomain of ghe.com. */
export function isGithubCloud(baseUrl: string): boolean {
  const { hostname } = new URL(baseUrl);
  return hostname === 'github.com' || hostname.endsWith('.ghe.com');
}

function isBare(address: string): boolean {
  const { username, password, search, hash } = new URL(address);
  return [username, password, search, hash].every((part) => part === '');
}
