import type { Omission } from '@anyforge/client';
import { omittedName } from '../../components/omitted-name.js';
import type { repositoriesTexts } from '../../texts/repositories.js';
import type { TextsOf } from '../../texts/use-texts.js';

/** What a forge left out, and why, in words. */
export function omissionWords(
  omission: Omission,
  providerName: string,
  texts: Pick<TextsOf<typeof repositoriesTexts>['notices'], 'omitted' | 'someOrganization'>,
): string {
  return texts.omitted[omission.reason](omittedName(omission, texts.someOrganization), providerName);
}
