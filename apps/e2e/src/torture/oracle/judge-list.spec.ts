import { describe, expect, it } from '@jest/globals';
import type { Fact, Facts, Selection } from './facts.js';
import type { Knowledge, Look } from './judge-list.js';
import { judgeList } from './judge-list.js';
import { Timeline } from './timeline.js';

const everything: Selection = { organizations: [], patterns: [] };

function fact(path: string, level = 'read'): Fact {
  return { path, level, organizations: [path.slice(0, path.indexOf('/'))] };
}

function factsOf(facts: Readonly<Record<string, Fact>>, omitted: Facts['omitted'] = []): Facts {
  return { repositories: new Map(Object.entries(facts)), omitted };
}

/** Somebody who is signed in as `ada` since 0; runs began at 1,000 and 5,000. */
function knowledgeOf(facts: Timeline<Facts>, changes: Partial<Knowledge> = {}): Knowledge {
  return {
    facts: new Map([['ada', facts]]),
    selection: new Timeline(0, everything),
    policy: new Timeline<'staged' | 'revoke-first'>(0, 'staged'),
    account: new Timeline<string | undefined>(0, 'ada'),
    starts: [1_000, 5_000],
    ...changes,
  };
}

/** A list of the first run, looked at when that had ended. */
function look(rows: Readonly<Record<string, Fact>>, changes: Partial<Look> = {}): Look {
  return {
    person: 0,
    from: 3_000,
    until: 3_010,
    isAtRest: true,
    accountId: 'ada',
    completedAt: 2_000,
    needsAttention: false,
    omitted: [],
    repositories: Object.entries(rows).map(([id, { path, level }]) => ({ id, path, level })),
    ...changes,
  };
}

const both = { 1: fact('acme/api', 'write'), 2: fact('acme/web') };

function lawsOf(...judged: Parameters<typeof judgeList>): readonly string[] {
  return judgeList(...judged).map(({ law }) => law);
}

const untrue = 'every visible row was true during its run';
const missing = 'no row that was true throughout is missing';
const outside = 'nothing outside of the settings is visible';

describe('what is held against a list', () => {
  it('is nothing when it is what the forge told all the time', () => {
    expect(judgeList(look(both), knowledgeOf(new Timeline(0, factsOf(both))))).toEqual([]);
  });

  it('is a row that is missing', () => {
    const knowledge = knowledgeOf(new Timeline(0, factsOf(both)));
    const [violation] = judgeList(look({ 1: both[1] }), knowledge);
    expect(violation?.law).toBe(missing);
    expect(violation?.story).toContain('acme/web (2, read)');
  });

  it('is a row too many', () => {
    const knowledge = knowledgeOf(new Timeline(0, factsOf({ 1: both[1] })));
    expect(lawsOf(look(both), knowledge)).toEqual([untrue]);
  });

  it('is a level that nobody had', () => {
    const knowledge = knowledgeOf(new Timeline(0, factsOf(both)));
    expect(lawsOf(look({ ...both, 1: fact('acme/api', 'admin') }), knowledge)).toEqual([untrue]);
  });

  it('is not a row that went or came while the run was under way, shown or not', () => {
    const facts = new Timeline(0, factsOf({ 1: both[1] }));
    facts.change(factsOf({ 2: both[2] }), 1_500);
    for (const rows of [both, { 1: both[1] }, { 2: both[2] }, {}])
      expect(judgeList(look(rows), knowledgeOf(facts))).toEqual([]);
  });

  it('is a row that had gone before the run began', () => {
    const facts = new Timeline(0, factsOf(both));
    facts.change(factsOf({ 1: both[1] }), 500);
    expect(lawsOf(look(both), knowledgeOf(facts))).toEqual([untrue]);
  });

  it('is not a row that went after the run had ended', () => {
    const facts = new Timeline(0, factsOf(both));
    facts.change(factsOf({}), 2_500);
    expect(judgeList(look(both), knowledgeOf(facts))).toEqual([]);
    expect(lawsOf(look({}), knowledgeOf(facts))).toEqual([missing]);
  });

  it('is what the last run would have shown, where that has not ended', () => {
    const facts = new Timeline(0, factsOf({ 1: both[1] }));
    facts.change(factsOf(both), 4_000);
    const early = look(both, { from: 6_000, until: 6_010 });
    expect(lawsOf(early, knowledgeOf(facts))).toEqual([untrue]);
  });

  it('is the level from before a run, not one from during it', () => {
    const facts = new Timeline(0, factsOf({ 1: fact('acme/api', 'read') }));
    facts.change(factsOf({ 1: fact('acme/api', 'write') }), 500);
    facts.change(factsOf({ 1: fact('acme/api', 'admin') }), 1_500);
    const shows = (level: string): readonly string[] =>
      lawsOf(look({ 1: fact('acme/api', level) }), knowledgeOf(facts));
    expect(shows('read')).toEqual([untrue]);
    expect(shows('write')).toEqual([]);
    expect(shows('admin')).toEqual([]);
  });

  it('is any row of a list that is not complete, unless lists are revoked first', () => {
    const partial = look({ 1: both[1] }, { from: 1_500, until: 1_510, completedAt: undefined });
    const knowledge = knowledgeOf(new Timeline(0, factsOf(both)));
    expect(lawsOf(partial, knowledge)).toEqual(['only complete lists are visible']);
    const policy = new Timeline<'staged' | 'revoke-first'>(0, 'revoke-first');
    expect(judgeList(partial, { ...knowledge, policy })).toEqual([]);
  });

  it('is not what a run has left that revoked first, before the policy was another', () => {
    const facts = new Timeline(0, factsOf(both));
    facts.change(factsOf({ 1: both[1] }), 4_000);
    const policy = new Timeline<'staged' | 'revoke-first'>(0, 'revoke-first');
    policy.change('staged', 3_000);
    const left = look(both, { from: 5_500, until: 5_510, completedAt: undefined });
    expect(judgeList(left, knowledgeOf(facts, { policy }))).toEqual([]);
  });

  it('is a row of a list that is not complete and that was true before the run alone', () => {
    const facts = new Timeline(0, factsOf(both));
    facts.change(factsOf({ 1: both[1] }), 500);
    const policy = new Timeline<'staged' | 'revoke-first'>(0, 'revoke-first');
    const partial = look(both, { from: 1_500, until: 1_510, completedAt: undefined });
    expect(lawsOf(partial, knowledgeOf(facts, { policy }))).toEqual([untrue]);
  });

  it('is anything after a sign-out', () => {
    const account = new Timeline<string | undefined>(0, 'ada');
    account.change(undefined, 2_400, 2_500);
    const knowledge = knowledgeOf(new Timeline(0, factsOf(both)), { account });
    expect(lawsOf(look(both), knowledge)).toEqual(['no list of another account']);
    const nobodys = look(both, { accountId: undefined, completedAt: undefined });
    expect(lawsOf(nobodys, knowledge)).toEqual(['nothing is visible after a sign-out']);
    expect(lawsOf(look({}, { accountId: undefined, completedAt: undefined }), knowledge)).toEqual([]);
  });

  it('is what another account was told', () => {
    const account = new Timeline<string | undefined>(0, 'ada');
    account.change('eve', 2_400, 2_500);
    const facts = new Map([
      ['ada', new Timeline(0, factsOf(both))],
      ['eve', new Timeline(0, factsOf({ 3: fact('acme/cli') }))],
    ]);
    const knowledge = knowledgeOf(new Timeline(0, factsOf(both)), { account, facts });
    expect(lawsOf(look(both, { accountId: 'eve' }), knowledge)).toEqual([untrue, missing]);
  });

  it('is a row that settings let through no more, as soon as they are stored', () => {
    const selection = new Timeline<Selection>(0, everything);
    selection.change({ organizations: [], patterns: ['**', '!other/**'] }, 2_400, 2_500);
    const rows = { 1: both[1], 2: fact('other/web') };
    const knowledge = knowledgeOf(new Timeline(0, factsOf(rows)), { selection });
    expect(lawsOf(look(rows), knowledge)).toEqual([outside]);
    expect(lawsOf(look({ 1: both[1] }), knowledge)).toEqual([]);
    expect(lawsOf(look(rows, { from: 2_450, until: 2_460 }), knowledge)).toEqual([]);
  });

  it('is a row outside of the lock of its run', () => {
    const selection = new Timeline<Selection>(0, {
      organizations: [{ id: 'acme', path: 'acme' }],
      patterns: [],
    });
    const rows = { 1: both[1], 2: fact('other/web') };
    const knowledge = knowledgeOf(new Timeline(0, factsOf(rows)), { selection });
    expect(lawsOf(look(rows), knowledge)).toEqual([untrue, outside]);
  });

  it('is not a list that has still to be narrowed, and is that list at rest', () => {
    const selection = new Timeline<Selection>(0, everything);
    selection.change({ organizations: [], patterns: ['**', '!other/**'] }, 2_400, 2_500);
    const knowledge = knowledgeOf(new Timeline(0, factsOf(both)), { selection });
    expect(lawsOf(look({}, { isAtRest: false }), knowledge)).toEqual([]);
    expect(lawsOf(look({}), knowledge)).toEqual([missing]);
  });

  it('is an organization that was left out and is not named, and one that is named and was there', () => {
    const acme = { id: 'acme', path: 'acme' };
    const hidden = knowledgeOf(new Timeline(0, factsOf({}, [acme])));
    expect(lawsOf(look({}), hidden)).toEqual(['what the forge leaves out is named']);
    expect(lawsOf(look({}, { omitted: ['acme'] }), hidden)).toEqual([]);
    const shown = knowledgeOf(new Timeline(0, factsOf(both)));
    expect(lawsOf(look(both, { omitted: ['acme'] }), shown)).toEqual([
      'only what the forge leaves out is named',
    ]);
  });
});
