import type { Omission } from '@anyforge/client';
import type { Texts } from '../../texts/use-texts.js';

/** What a forge left out, and why, in words. */
export function omissionWords(
  { organization, reason }: Omission,
  providerName: string,
  { omitted, someOrganization }: Pick<Texts['repositories']['notices'], 'omitted' | 'someOrganization'>,
): string {
  return omitted[reason](organization.path ?? organization.id ?? someOrganization, providerName);
}
