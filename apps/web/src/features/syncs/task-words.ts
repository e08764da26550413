import type { SyncTask } from '@anyforge/client';
import { omittedName } from '../../components/omitted-name.js';
import type { syncsTexts } from '../../texts/syncs.js';
import type { TextsOf } from '../../texts/use-texts.js';
import type { SyncEnd } from './sync-progress.js';

type Words = TextsOf<typeof syncsTexts>;

/** What a task has brought so far, in words; undefined when that says nothing. */
export function listedWords(
  { state, repositories, total }: Pick<SyncTask, 'state' | 'repositories' | 'total'>,
  texts: Pick<Words, 'listed' | 'listedOf'>,
): string | undefined {
  if (state === 'succeeded') return texts.listed(repositories);
  if (state !== 'running' && state !== 'waiting') return undefined;
  if (total !== undefined && total > 0) return texts.listedOf(repositories, Math.max(total, repositories));
  return repositories === 0 ? undefined : texts.listed(repositories);
}

/** Why a task waits or has failed, in words; undefined when it does neither. */
export function troubleWords(
  { state, error }: Pick<SyncTask, 'state' | 'error'>,
  texts: Pick<Words, 'waitsFor' | 'hasHadEnough' | 'interrupted'>,
  providerName: string,
): string | undefined {
  if (state === 'waiting') {
    if (error?.kind === 'rate_limited') return texts.hasHadEnough(providerName);
    return error === undefined ? undefined : texts.waitsFor(error.message);
  }
  if (state === 'interrupted') return error?.message ?? texts.interrupted;
  return state === 'failed' ? error?.message : undefined;
}

/** The organizations that a listing lacks, as people know them. */
export function omittedNames(
  { omitted }: Pick<SyncTask, 'omitted'>,
  texts: Pick<Words, 'omittedWithoutName'>,
): readonly string[] {
  return [...new Set(omitted.map((omission) => omittedName(omission, texts.omittedWithoutName)))];
}

/** How a sync ended, in words for whoever did not look at it. */
export function endWords(
  { succeeded, failed, cancelled }: SyncEnd,
  { ends, unknownProvider }: Pick<Words, 'ends' | 'unknownProvider'>,
  providerName: (id: string) => string | undefined,
): { readonly title: string; readonly message: string; readonly good: boolean } {
  if (failed.length > 0) {
    const names = failed.map(({ gitProviderId }) => providerName(gitProviderId) ?? unknownProvider);
    return { title: ends.failed.title, message: ends.failed.message(names, succeeded.length), good: false };
  }
  if (cancelled.length > 0 || succeeded.length === 0) {
    return { title: ends.cancelled.title, message: ends.cancelled.message(succeeded.length), good: true };
  }
  return { title: ends.succeeded.title, message: ends.succeeded.message(succeeded.length), good: true };
}
