import type { Permission } from '@anyforge/client';
import type { Texts } from '../../texts/use-texts.js';

/** What stands behind a level: the forge's own word, or why the level is not known. */
export function permissionHint(
  permission: Permission,
  providerName: string,
  texts: Pick<Texts['repositories'], 'nativeWord' | 'permissionUnknown'>,
): string {
  return permission.level === 'unknown'
    ? texts.permissionUnknown(permission.reason)
    : texts.nativeWord(providerName, permission.native);
}
