import type { SeenList } from '../processes/protocol.js';
import { tickMs } from '../fast-clock.js';
import type { Fact, Facts, Selection } from './facts.js';
import { letsThrough, passesPatterns } from './facts.js';
import { judgeLevel } from './judge-level.js';
import type { Timeline } from './timeline.js';
import type { Violation } from './violation.js';

/** A list as somebody saw it, between two moments. */
export interface Look extends SeenList {
  readonly person: number;
  readonly from: number;
  readonly until: number;
  /** Whether nothing was going on any more. */
  readonly isAtRest: boolean;
}

/** All that is known about what a person may be shown, from outside. */
export interface Knowledge {
  /** When the forge told what: by account. */
  readonly facts: ReadonlyMap<string, Timeline<Facts>>;
  readonly selection: Timeline<Selection>;
  readonly policy: Timeline<'staged' | 'revoke-first'>;
  /** The account that the person has signed in with; undefined: signed out. */
  readonly account: Timeline<string | undefined>;
  /** When the person's runs for this git provider began, as far as they were seen. */
  readonly starts: readonly number[];
}

interface Place {
  readonly look: Look;
  readonly knowledge: Knowledge;
  readonly facts: readonly Facts[];
  /** Of the run. */
  readonly selections: readonly Selection[];
  /** Since it began, until the list was seen. */
  readonly selectionsSince: readonly Selection[];
  /** When the list was seen. */
  readonly selectionsNow: readonly Selection[];
  readonly run: string;
}

const listed = 5;

/** Holds a list against what was true while the run that showed it went on. */
export function judgeList(look: Look, knowledge: Knowledge): readonly Violation[] {
  const { from, until, accountId, completedAt, repositories } = look;
  const accounts = knowledge.account.during(from, until);
  if (!accounts.includes(accountId)) {
    const expected = accounts.map((account) => account ?? 'nobody').join(' or ');
    return [
      violation('no list of another account', look, `is of ${accountId ?? 'nobody'}, not of ${expected}`),
    ];
  }
  if (accountId === undefined) {
    return repositories.length === 0
      ? []
      : [violation('nothing is visible after a sign-out', look, `has ${amount(repositories.length)}`)];
  }
  const isPartial = completedAt === undefined;
  const policies = knowledge.policy.during(Number.NEGATIVE_INFINITY, until);
  if (isPartial && repositories.length > 0 && !policies.includes('revoke-first')) {
    const seen = `has ${amount(repositories.length)} of a list that is not complete`;
    return [violation('only complete lists are visible', look, seen)];
  }
  // What a run has left that revoked first stays visible until one is complete that does not.
  const isLeftOver = isPartial && policies.includes('staged');
  const startedAt = isLeftOver ? Number.NEGATIVE_INFINITY : lastStart(knowledge, completedAt ?? from);
  const endedAt = completedAt ?? until;
  const place: Place = {
    look,
    knowledge,
    facts: knowledge.facts.get(accountId)?.during(startedAt - tickMs, endedAt + tickMs) ?? [],
    selections: knowledge.selection.during(startedAt - tickMs, endedAt + tickMs),
    selectionsSince: knowledge.selection.during(startedAt - tickMs, until),
    selectionsNow: knowledge.selection.during(from, until),
    run: `from ${startedAt} to ${completedAt ?? 'now'}`,
  };
  return [...judgeRows(place), ...(isPartial ? [] : [...judgeMissing(place), ...judgeOmitted(place)])];
}

/** Where a run was not seen to begin, the one before it: what is asked of the list is less then, and never wrong. */
function lastStart({ starts }: Knowledge, moment: number): number {
  return Math.max(Number.NEGATIVE_INFINITY, ...starts.filter((start) => start <= moment));
}

/** Every row must have been true at some instant of the run, and be let through by the settings now. */
function judgeRows(place: Place): readonly Violation[] {
  const { look, facts, selections, run } = place;
  const wrong = look.repositories.flatMap(({ id, path, level }) => {
    const known = facts.flatMap(({ repositories }) => repositories.get(id) ?? []);
    if (known.length === 0) return [`${path} (${id}) is shown, and could not be reached at any moment`];
    const mistake = judgeLevel(level, known, known.length < facts.length);
    if (mistake !== undefined) return [`${path} (${id}) is shown ${mistake}`];
    if (!known.some((fact) => selections.some((selection) => letsThrough(selection, fact))))
      return [`${path} (${id}) is shown, and the settings never let it through`];
    return [];
  });
  const outside = look.repositories.flatMap((row) => (isOutsideNow(place, row) ? [row.path] : []));
  return [
    ...violationsOf('every visible row was true during its run', look, wrong, run),
    ...violationsOf('nothing outside of the settings is visible', look, outside, run),
  ];
}

/** A stored path may be older than the forge's, and a lock knows what it was told while listing. */
function isOutsideNow({ look, facts, selectionsNow }: Place, row: Look['repositories'][number]): boolean {
  const known = facts.flatMap(({ repositories }) => repositories.get(row.id) ?? []);
  return !selectionsNow.some(({ organizations, patterns }) => {
    const isInside =
      organizations.length === 0 ||
      organizations.some(
        ({ id, path }) =>
          row.path.toLowerCase().startsWith(`${path.toLowerCase()}/`) ||
          known.some((fact) => fact.organizations.includes(id)),
      );
    return isInside && passesPatterns(patterns, row.path) && look.accountId !== undefined;
  });
}

/** No row may be missing that was true throughout the run and let through ever since. */
function judgeMissing(place: Place): readonly Violation[] {
  const { look, facts, selectionsSince, run } = place;
  const [first, ...others] = facts;
  if (first === undefined || isBeingNarrowed(place)) return [];
  const shown = new Set(look.repositories.map(({ id }) => id));
  const missing: string[] = [];
  for (const [id, fact] of first.repositories) {
    if (shown.has(id)) continue;
    const known = [fact, ...others.flatMap(({ repositories }) => repositories.get(id) ?? [])];
    if (known.length < facts.length) continue;
    if (!known.every((each) => selectionsSince.every((selection) => letsThrough(selection, each)))) continue;
    missing.push(`${fact.path} (${id}, ${levels(known)})`);
  }
  return violationsOf('no row that was true throughout is missing', look, missing, run);
}

/** While a list has still to be narrowed to new settings, nothing of it is shown. */
function isBeingNarrowed({ look, selectionsSince }: Place): boolean {
  return !look.isAtRest && look.repositories.length === 0 && selectionsSince.length > 1;
}

/** What the forge left out all the time is named, and nothing that was there all the time. */
function judgeOmitted({ look, facts, selections, run }: Place): readonly Violation[] {
  const isLocked = selections.some(({ organizations }) => organizations.length > 0);
  const [first] = facts;
  const always = (first?.omitted ?? []).filter(({ id }) =>
    facts.every(({ omitted }) => omitted.some((each) => each.id === id)),
  );
  const unnamed = always.filter(({ id, path }) => !look.omitted.some((name) => name === id || name === path));
  const invented = look.omitted.filter((name) => facts.every((each) => reaches(each, name)));
  return [
    ...violationsOf(
      'what the forge leaves out is named',
      look,
      isLocked ? [] : unnamed.map(({ path }) => path),
      run,
    ),
    ...violationsOf('only what the forge leaves out is named', look, facts.length === 0 ? [] : invented, run),
  ];
}

/** Whether anything of an organization is told, by its id or path. */
function reaches({ repositories }: Facts, organization: string): boolean {
  return [...repositories.values()].some(
    ({ organizations, path }) =>
      organizations.includes(organization) || path.toLowerCase().startsWith(`${organization.toLowerCase()}/`),
  );
}

function levels(facts: readonly Fact[]): string {
  return [...new Set(facts.map(({ level }) => level))].join(' → ');
}

function violationsOf(law: string, look: Look, what: readonly string[], run: string): readonly Violation[] {
  if (what.length === 0) return [];
  const more = what.length > listed ? ` and ${what.length - listed} more` : '';
  return [violation(law, look, `${what.slice(0, listed).join('; ')}${more} (run ${run})`)];
}

function violation(law: string, { person, from, repositories }: Look, seen: string): Violation {
  return { law, story: `person ${person} at ${from}, list of ${repositories.length}: ${seen}` };
}

function amount(rows: number): string {
  return rows === 1 ? 'a row' : `${rows} rows`;
}
