/** What scopes are about, in the order in which Gitea tells them. Writing contains reading. */
const categories = [
  'activitypub',
  'admin',
  'misc',
  'notification',
  'organization',
  'package',
  'issue',
  'repository',
  'user',
] as const;
export type ScopeCategory = (typeof categories)[number];

/** What a token is good for, with everything that it contains told once. */
export type Scopes = readonly string[];

export const everything: Scopes = ['all'];
const publicOnly = 'public-only';

/** @returns nothing where a word is no scope */
export function normalizeScopes(asked: readonly string[]): Scopes | undefined {
  const known = new Set<string>(['all', publicOnly]);
  for (const category of categories) known.add(`read:${category}`).add(`write:${category}`);
  if (!asked.every((word) => known.has(word))) return undefined;
  const isAll = asked.includes('all') || categories.every((each) => asked.includes(`write:${each}`));
  const limits = asked.includes(publicOnly) ? [publicOnly] : [];
  if (isAll) return [...limits, ...everything];
  return [
    ...limits,
    ...categories.flatMap((category) => {
      if (asked.includes(`write:${category}`)) return [`write:${category}`];
      return asked.includes(`read:${category}`) ? [`read:${category}`] : [];
    }),
  ];
}

/** Whether it may read all of these. */
export function mayRead(scopes: Scopes, wanted: readonly ScopeCategory[]): boolean {
  if (scopes.includes('all')) return true;
  return wanted.every((each) => scopes.includes(`read:${each}`) || scopes.includes(`write:${each}`));
}

/** Whether it shows nothing but what everybody may see. */
export function isPublicOnly(scopes: Scopes): boolean {
  return scopes.includes(publicOnly);
}

/** Words of an application that are about the person, and limit nothing. */
const openIdWords = ['openid', 'profile', 'email', 'groups'];

/**
 * What the scopes that an application asked for come to: everything, where there are none about the API, and where one
 * of them is no scope at all.
 */
export function scopesOfApplication(asked: readonly string[]): Scopes {
  const limiting = limitingWords(asked);
  return limiting.length === 0 ? everything : (normalizeScopes(limiting) ?? everything);
}

/** The same where words that are no scope are passed over. */
export function knownScopesOfApplication(asked: readonly string[]): Scopes {
  const known = limitingWords(asked).filter((word) => normalizeScopes([word]) !== undefined);
  return known.length === 0 ? everything : (normalizeScopes(known) ?? everything);
}

function limitingWords(asked: readonly string[]): readonly string[] {
  return asked.filter((word) => !openIdWords.includes(word));
}
