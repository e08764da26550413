import type { Omission } from '@anyforge/client';
import { omittedName } from '../../components/omitted-name.js';
import type { Texts } from '../../texts/use-texts.js';

/** What a forge left out, and why, in words. */
export function omissionWords(
  omission: Omission,
  providerName: string,
  texts: Pick<Texts['repositories']['notices'], 'omitted' | 'someOrganization'>,
): string {
  return texts.omitted[omission.reason](omittedName(omission, texts.someOrganization), providerName);
}
