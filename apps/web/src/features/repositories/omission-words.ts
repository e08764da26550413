import type { Omission } from '@anyforge/client';
import type { Texts } from '../../texts/use-texts.js';

/** What a forge left out, and why, in words. */
export function omissionWords(
  { organization, reason }: Omission,
  providerName: string,
  texts: Pick<Texts['repositories']['notices'], 'omitted' | 'organizationOfId' | 'someOrganization'>,
): string {
  const { path, id } = organization;
  const name = path ?? (id === undefined ? texts.someOrganization : texts.organizationOfId(id));
  return texts.omitted[reason](name, providerName);
}
