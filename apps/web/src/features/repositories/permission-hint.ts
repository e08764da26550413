import type { Permission } from '@anyforge/client';
import type { repositoriesTexts } from '../../texts/repositories.js';
import type { TextsOf } from '../../texts/use-texts.js';

/** What stands behind a level: the forge's own word, or why the level is not known. */
export function permissionHint(
  permission: Permission,
  providerName: string,
  texts: Pick<TextsOf<typeof repositoriesTexts>, 'nativeWord' | 'permissionUnknown'>,
): string {
  return permission.level === 'unknown'
    ? texts.permissionUnknown(permission.reason)
    : texts.nativeWord(providerName, permission.native);
}
