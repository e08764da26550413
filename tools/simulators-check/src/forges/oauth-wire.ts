import { z } from 'zod';

/** What the OAuth engine reads of authorization servers' answers; it has no schemas of its own for them. */

/** @see https://www.rfc-editor.org/rfc/rfc6749#section-5.1 */
export const tokenSetWire = z.object({
  access_token: z.string().min(1),
  token_type: z.string(),
  expires_in: z.int().positive().optional(),
  refresh_token: z.string().optional(),
  scope: z.string().optional(),
});

/** @see https://www.rfc-editor.org/rfc/rfc6749#section-5.2 */
export const oauthRefusalWire = z.object({ error: z.string(), error_description: z.string().optional() });

/** @see https://www.rfc-editor.org/rfc/rfc8628#section-3.2 */
export const deviceWire = z.object({
  device_code: z.string().min(1),
  user_code: z.string().min(1),
  verification_uri: z.url(),
  expires_in: z.int().positive(),
  interval: z.int().positive().optional(),
});

export const deviceGrantType = 'urn:ietf:params:oauth:grant-type:device_code';
