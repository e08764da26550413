import type { Organization } from '../world/model.js';
import type { OrganizationPolicy } from './policies.js';
import type { Refusal } from './refusal.js';
import { refusals } from './refusal.js';
import type { Token } from './tokens.js';

export interface RestrictionCase {
  readonly organization: Organization;
  readonly policy: OrganizationPolicy;
  readonly token: Token;
  readonly address: string;
  /** Whether it is about something that everybody sees. */
  readonly isPublic: boolean;
  readonly webUrl: string;
}

const dayMs = 86_400_000;

/** What an organization's rules have against a token, apart from single sign-on. */
export function restriction(each: RestrictionCase): Refusal | undefined {
  const { organization, policy, token, address } = each;
  const { ipAllowList = 'off' } = policy;
  if (ipAllowList !== 'off' && !ipAllowList.includes(address))
    return refusals.addressNotAllowed(organization);
  if (token.kind === 'classic' && policy.classicTokens === 'forbidden')
    return refusals.classicForbidden(organization);
  if (token.kind === 'fine-grained') return againstFineGrained(each, token);
  if (token.kind === 'oauth' && !each.isPublic) return againstApplication(each, token.application);
  return undefined;
}

function againstFineGrained(
  { organization, policy, webUrl }: RestrictionCase,
  { id, issuedAt, expiresAt }: Token,
): Refusal | undefined {
  if (policy.fineGrainedTokens === 'forbidden') return refusals.fineGrainedForbidden(organization);
  const { maximumTokenLifetimeDays: days = Infinity } = policy;
  const lifetimeMs = expiresAt === undefined ? Infinity : expiresAt.getTime() - issuedAt.getTime();
  if (lifetimeMs <= days * dayMs) return undefined;
  return refusals.livesTooLong(organization, days, `${webUrl}/settings/personal-access-tokens/${id}`);
}

/** Restrictions of OAuth Apps leave what is public readable. */
function againstApplication(
  { organization, policy: { oauthApps = 'any' } }: RestrictionCase,
  application: string | undefined,
): Refusal | undefined {
  if (oauthApps === 'any' || (application !== undefined && oauthApps.includes(application))) return undefined;
  return refusals.oauthRestricted(organization);
}
