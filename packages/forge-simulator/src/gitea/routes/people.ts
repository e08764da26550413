import type { Organization, Owner, Person } from '../../world/model.js';
import type { Call } from '../endpoint.js';
import type { UserDetail } from '../wire/user.js';
import { userJson } from '../wire/user.js';

/** Somebody as whoever asks is told of them. */
export function shownUser(call: Call, owner: Owner): object {
  return shownTo(call, call.viewer.person, owner);
}

/** Somebody as somebody else is told of them. */
export function shownTo({ state, links }: Call, reader: Owner | undefined, owner: Owner): object {
  const administers = reader?.type === 'person' && reader.administrator;
  const detail: UserDetail = reader === owner || administers ? 'own' : 'signed-in';
  return userJson(owner, {
    links,
    detail: reader === undefined ? 'anybody' : detail,
    visibility: state.owners.visibilityOf(owner),
  });
}

/** In the order in which teams list their members. */
export function byFullName(one: Person, other: Person): number {
  return compareText(one.name ?? '', other.name ?? '') || compareText(one.username, other.username);
}

/** In the order in which organizations list their members. */
export function byUsername(one: Person, other: Person): number {
  return compareText(one.username, other.username);
}

/** In the order in which organizations are listed. */
export function byPath(one: Organization, other: Organization): number {
  return compareText(one.path.toLowerCase(), other.path.toLowerCase());
}

export function compareText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
