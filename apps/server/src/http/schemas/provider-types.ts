import { z } from 'zod';

export const providerTypeSchema = z
  .object({
    type: z.string(),
    displayName: z.string(),
    logo: z.string().describe('SVG; `currentColor` in it is the colour of the text that it stands beside'),
    documentationUrl: z.string(),
    hosting: z
      .object({
        cloud: z.object({ label: z.string(), baseUrl: z.string() }).optional(),
        selfHosted: z.object({ label: z.string(), example: z.string() }).optional(),
      })
      .describe('In which forms the forge exists; one that is absent does not'),
    oauth: z.boolean().describe('Whether people can sign in through an OAuth application'),
    configSchema: z
      .record(z.string(), z.unknown())
      .describe('JSON Schema of the config, with titles; secrets are marked `writeOnly`'),
  })
  .meta({ id: 'ProviderType', description: 'A forge, with everything that a form needs' });
