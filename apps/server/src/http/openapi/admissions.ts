import type { Access } from '@anyforge/hub';

export const securitySchemes = {
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'anyforge',
    description:
      'A browser session. The cookie is called `__Host-anyforge` where people reach the server by https.',
  },
  apiToken: {
    type: 'http',
    scheme: 'bearer',
    description: 'An API token, with the scope `read`, `manage` (which includes `read`) or `git`.',
  },
};

interface Admission {
  readonly words: string;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
}

/** What it takes to be let in, as the description tells it. */
export const admissions: Readonly<Record<Access, Admission>> = {
  public: { words: 'For everybody.', security: [] },
  read: {
    words: 'Takes a browser session, or an API token of the scope `read` or `manage`.',
    security: [{ session: [] }, { apiToken: ['read'] }],
  },
  manage: {
    words: 'Takes a browser session, or an API token of the scope `manage`.',
    security: [{ session: [] }, { apiToken: ['manage'] }],
  },
  administrate: {
    words: "Takes an administrator's browser session, or API token of the scope `manage`.",
    security: [{ session: [] }, { apiToken: ['manage'] }],
  },
  session: { words: 'Takes a browser session, and no API token.', security: [{ session: [] }] },
  git: {
    words: 'Takes an API token of the scope `git`, and no browser session.',
    security: [{ apiToken: ['git'] }],
  },
};
