import { describe, expect, it } from '@jest/globals';
import { syncs as texts } from '../../texts/en/syncs.js';
import { taskOf } from './syncs.fixture.js';
import { endWords, listedWords, omittedNames, troubleWords } from './task-words.js';

describe('what a task has brought', () => {
  it('is so many of all, where the forge tells how many there are', () => {
    expect(listedWords(taskOf({ repositories: 1200, total: 3000 }), texts)).toBe(
      '1,200 of 3,000 repositories',
    );
  });

  it('is so many, where it does not', () => {
    expect(listedWords(taskOf({ repositories: 1 }), texts)).toBe('1 repository');
    expect(listedWords(taskOf({ repositories: 0 }), texts)).toBeUndefined();
  });

  it('is never more than all', () => {
    expect(listedWords(taskOf({ repositories: 11, total: 10 }), texts)).toBe('11 of 11 repositories');
  });

  it('is all when it is done, and nothing when it failed', () => {
    expect(listedWords(taskOf({ state: 'succeeded', repositories: 0 }), texts)).toBe('0 repositories');
    expect(listedWords(taskOf({ state: 'failed', repositories: 7 }), texts)).toBeUndefined();
  });
});

describe('what is wrong with a task', () => {
  const error = { kind: 'unreachable', message: 'The forge does not answer.' };
  const wordsOf = (task: Parameters<typeof troubleWords>[0]) => troubleWords(task, texts, 'Forge One');

  it('is what it waits for, or why it failed', () => {
    expect(wordsOf(taskOf({ state: 'waiting', error }))).toBe('Waits: The forge does not answer.');
    expect(wordsOf(taskOf({ state: 'failed', error }))).toBe('The forge does not answer.');
  });

  it('is told in the page’s own words where a forge only asks for patience', () => {
    const limited = { kind: 'rate_limited', message: 'The forge answered 429: error: slow down' };
    expect(wordsOf(taskOf({ state: 'waiting', error: limited }))).toBe(
      'Forge One has had enough requests for the moment.',
    );
    expect(wordsOf(taskOf({ state: 'failed', error: limited }))).toBe(limited.message);
  });

  it('is told of an interrupted one in any case', () => {
    expect(wordsOf(taskOf({ state: 'interrupted' }))).toBe(texts.interrupted);
  });

  it('is nothing while it runs', () => {
    expect(wordsOf(taskOf({ state: 'running', error }))).toBeUndefined();
  });

  it('names the organizations that were left out, also those without a name', () => {
    const omitted = [
      { organization: { path: 'acme', id: '1' }, reason: 'forbidden' },
      { organization: { id: '2' }, reason: 'forbidden' },
      { organization: {}, reason: 'forbidden' },
    ] as const;
    expect(omittedNames({ omitted }, texts)).toEqual(['acme', 'an organization']);
  });
});

describe('the end of a sync, in words', () => {
  const names: Readonly<Record<string, string>> = { one: 'Forge One', two: 'Forge Two' };
  const task = (gitProviderId: string) => taskOf({ gitProviderId });
  const words = (
    succeeded: readonly string[],
    failed: readonly string[],
    cancelled: readonly string[] = [],
  ) =>
    endWords(
      { succeeded: succeeded.map(task), failed: failed.map(task), cancelled: cancelled.map(task) },
      texts,
      (id) => names[id],
    );

  it('counts what succeeded', () => {
    expect(words(['one', 'two'], [])).toEqual({
      title: 'Sync done',
      message: 'Your lists of 2 git providers are up to date.',
      good: true,
    });
  });

  it('names what failed, and says that others are up to date', () => {
    expect(words(['three'], ['one', 'two'])).toEqual({
      title: 'Sync ended with problems',
      message: 'Forge One and Forge Two could not be synced; 1 other is up to date.',
      good: false,
    });
    expect(words([], ['gone']).message).toBe('A git provider that is gone could not be synced.');
  });

  it('says what has changed, if anything, when it was cancelled', () => {
    expect(words(['one'], [], ['two']).message).toBe('1 list is up to date; the others stay as they were.');
    expect(words([], [], ['one', 'two'])).toEqual({
      title: 'Sync cancelled',
      message: 'What you see stays as it was.',
      good: true,
    });
  });
});
