import type { GitProviderDraft, ProviderType } from '@anyforge/client';
import type { EditorValues, Settings } from './editor-values.js';
import { valuesOf, valuesOfType } from './editor-values.js';

/** A saved state that editing goes from. */
export interface EditorBase {
  readonly values: EditorValues;
  /** Undefined: nothing is saved. */
  readonly version: number | undefined;
  /** Whether the values are those of this version. A draft of an earlier load of the page tells no more than its version. */
  readonly isKnown: boolean;
}

type SavedSettings = Settings & { readonly version: number };

/** Where an editor begins, or goes on after the page was loaded again. */
export function firstBase(
  type: Pick<ProviderType, 'hosting'>,
  gitProvider: SavedSettings | undefined,
  formerDraft: Pick<GitProviderDraft, 'gitProviderVersion'> | undefined,
): EditorBase {
  if (gitProvider === undefined) return { values: valuesOfType(type), version: undefined, isKnown: true };
  const version = formerDraft?.gitProviderVersion ?? gitProvider.version;
  return { values: valuesOf(gitProvider), version, isKnown: version === gitProvider.version };
}
