import type { Omission } from '@anyforge/core';
import { createPathFilter } from '@anyforge/core';
import { liesUnder } from '../git-providers/organization-settings.js';
import { keyOf } from '../store/text.js';
import type { ExplanationStep, StepFinding } from './explanation.js';
import type { ConnectionFacts, Facts, ForgeAnswer } from './facts.js';

/** What each step looks at, of somebody who is signed in. */
export const explainStep: Readonly<
  Record<Exclude<ExplanationStep, 'signed_in'>, (connection: ConnectionFacts, facts: Facts) => StepFinding>
> = {
  connection({ needsAttention, answer, username }, { providerName }) {
    const again = { text: `Sign in to ${providerName} again.` };
    if (needsAttention !== undefined) return { status: 'failed', detail: needsAttention, repair: again };
    if (answer.kind === 'found') return passed(`${providerName} answers to your sign-in as ${username}.`);
    if (answer.kind === 'refused' && ended.has(answer.error.kind)) {
      return { status: 'failed', detail: answer.error.message, repair: again };
    }
    if (answer.kind === 'refused' && unreached.has(answer.error.kind)) {
      return { status: 'unknown', detail: answer.error.message, repair: answer.error.details.repair };
    }
    return passed(`${providerName} answers to your sign-in as ${username}.`);
  },

  token_scopes({ missingScopes, answer }, { providerName }) {
    if (answer.kind === 'refused' && answer.error.kind === 'insufficient_scope') {
      return { status: 'failed', detail: answer.error.message, repair: answer.error.details.repair };
    }
    if (missingScopes === undefined) {
      return answer.kind === 'found'
        ? passed('Your sign-in reaches this repository.')
        : { status: 'unknown', detail: `${providerName} does not tell which scopes your sign-in has.` };
    }
    if (missingScopes.length === 0) return passed('Your sign-in has all the scopes that it needs.');
    const names = missingScopes.join(', ');
    if (answer.kind === 'found') {
      return passed(`Your sign-in lacks ${names}, and reaches this repository nevertheless.`);
    }
    return {
      status: 'unknown',
      detail: `Your sign-in lacks ${names}, which may be why.`,
      repair: { text: `Sign in to ${providerName} again, with ${names}.` },
    };
  },

  organization_access({ answer, lastSync }, { path, link, providerName }) {
    if (answer.kind === 'found') return passed('The organization lets you in.');
    if (answer.kind === 'refused' && kept.has(answer.error.kind)) {
      return { status: 'failed', detail: answer.error.message, repair: answer.error.details.repair };
    }
    const omission = lastSync?.omitted.find((one) => isOf(one, path));
    if (omission !== undefined) {
      return {
        status: 'failed',
        detail: omissionWords[omission.reason],
        repair: { text: `Look on ${providerName} what it asks for.`, url: link(omission.url) },
      };
    }
    if (isWithoutWord(answer)) return dependsOnEarlierStep;
    return {
      status: 'unknown',
      detail: `${providerName} does not say that an organization keeps you out; it need not say so.`,
    };
  },

  organization_settings(_, facts) {
    const { organizations, patterns, mayReadRules, path, providerName } = facts;
    if (organizations.length === 0 && patterns.length === 0) {
      return passed(`${providerName} lists the repositories of all organizations.`);
    }
    const repair = { text: `Ask an administrator to change the organization settings of ${providerName}.` };
    const leftOut = `The organization settings of ${providerName} leave it out.`;
    const key = keyOf(path);
    const locked = organizations.length > 0 && !organizations.some((one) => liesUnder(key, one.path));
    if (locked && !facts.listed && !facts.listedBeside) {
      const names = organizations.map((one) => one.path).join(', ');
      const detail = mayReadRules ? `${providerName} lists only the repositories of ${names}.` : leftOut;
      return { status: 'failed', detail, repair };
    }
    const { included, pattern } = createPathFilter(patterns).decide(path);
    if (included) {
      return passed(
        pattern === undefined || !mayReadRules
          ? `The organization settings of ${providerName} let it through.`
          : `The pattern "${pattern}" of ${providerName} lets it through.`,
      );
    }
    const deciding =
      pattern === undefined
        ? `No pattern of ${providerName} lets it through.`
        : `The pattern "${pattern}" of ${providerName} leaves it out.`;
    return { status: 'failed', detail: mayReadRules ? deciding : leftOut, repair };
  },

  last_sync(connection, facts) {
    const { lastSync, syncing, answer } = connection;
    const { listed, providerName } = facts;
    const repair = { text: syncing ? 'Wait until the sync that is running has ended.' : 'Start a sync.' };
    if (lastSync === undefined) {
      const failure = failureAs('The newest sync', connection);
      const detail = [`There is no complete list from ${providerName} at the moment.`, ...failure].join(' ');
      return { status: 'failed', detail, ...(!isWithoutWord(answer) && { repair }) };
    }
    const at = lastSync.completedAt;
    const detail = [
      `The last complete sync of ${providerName} ${listed ? 'found it' : 'did not find it'}.`,
      ...(lastSync.omitted.length === 0 ? [] : [`It left out ${namesOf(lastSync.omitted)}.`]),
      ...failureAs('A later one', connection),
    ].join(' ');
    // What the forge does not show, or shows to everybody, no sync would find.
    if (listed || answer.kind !== 'found' || isOnlyPublic(connection)) return { ...passed(detail), at };
    return { status: 'failed', detail, at, repair };
  },

  permission(connection, { providerName, listed }) {
    const { answer, username } = connection;
    if (answer.kind === 'not_asked') {
      return dependsOnEarlierStep;
    }
    if (answer.kind === 'refused') {
      const { kind, message, details } = answer.error;
      if (isToldBefore(kind)) return dependsOnEarlierStep;
      if (kind !== 'not_found') return { status: 'unknown', detail: message, repair: details.repair };
      return {
        status: 'failed',
        detail: `${providerName} says that there is no such repository, or none that ${username} may know of.`,
        repair: { text: whatToTry(connection) },
      };
    }
    const { permission } = answer.repository;
    if (permission.level === 'unknown') return { status: 'unknown', detail: permission.reason };
    const own = `Your permission is ${permission.level} (${permission.native}).`;
    if (listed || !isOnlyPublic(connection)) return passed(own);
    return {
      status: 'failed',
      detail: `${own} It is public, so everybody has that. Your list has only what you were given access to yourself.`,
      repair: { text: 'If you were given access since the last sync, start one.' },
    };
  },
};

/** Of a repository that the forge does not know, or hides. */
function whatToTry({ username, missingScopes = [] }: ConnectionFacts): string {
  const scopes = missingScopes.length === 0 ? '' : `, sign in again with ${missingScopes.join(', ')}`;
  return `Check the path${scopes}, or ask for access for ${username}.`;
}

/** Whether all that somebody has is what everybody has. */
function isOnlyPublic({ answer }: ConnectionFacts): boolean {
  if (answer.kind !== 'found') return false;
  const { visibility, permission } = answer.repository;
  return visibility === 'public' && (permission.level === 'none' || permission.level === 'read');
}

/** The sign-in is over. */
const ended: ReadonlySet<string> = new Set(['unauthenticated', 'grant_expired']);
/** The forge could not be asked, or could not answer. */
const unreached: ReadonlySet<string> = new Set([
  ...['network', 'timeout', 'unavailable', 'rate_limited', 'blocked_address', 'invalid_response'],
]);
/** An organization keeps the person out. */
const kept: ReadonlySet<string> = new Set(['sso_required', 'organization_restricted']);
const omissionWords: Readonly<Record<Omission['reason'], string>> = {
  sso_required: 'The organization asks for its single sign-on first.',
  organization_restricted: 'The organization has not let this application in.',
  forbidden: 'The organization does not let your account in.',
};

function isOf({ organization }: Omission, path: string): boolean {
  return organization.path !== undefined && liesUnder(keyOf(path), organization.path);
}

function namesOf(omitted: readonly Omission[]): string {
  const names = omitted.map(
    ({ organization }) => organization.path ?? 'an organization whose name was not told',
  );
  return [...new Set(names)].join(', ');
}

/** Why the newest sync failed; its words are not said again where an earlier step has said them. */
function failureAs(
  which: string,
  { lastFailure, needsAttention, answer }: ConnectionFacts,
): readonly string[] {
  if (lastFailure === undefined) return [];
  const said = answer.kind === 'refused' ? answer.error.message : needsAttention;
  return [
    said === lastFailure
      ? `${which} failed for the same reason as above.`
      : `${which} failed: ${lastFailure}`,
  ];
}

/** Whether a step before the last one tells of such a refusal. */
function isToldBefore(kind: string): boolean {
  return ended.has(kind) || unreached.has(kind) || kept.has(kind) || kind === 'insufficient_scope';
}

/** Whether nothing was heard that says anything of the repository. */
function isWithoutWord(answer: ForgeAnswer): boolean {
  if (answer.kind === 'not_asked') return true;
  return answer.kind === 'refused' && (ended.has(answer.error.kind) || unreached.has(answer.error.kind));
}

/** Of what depends on an earlier step that went wrong. */
export const dependsOnEarlierStep: StepFinding = {
  status: 'skipped',
  detail: 'This can be found out once the problem above is solved.',
};

function passed(detail: string): StepFinding {
  return { status: 'passed', detail };
}
