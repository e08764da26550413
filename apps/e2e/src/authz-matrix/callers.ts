import type { ApiClient } from '@anyforge/server/testing';

/**
 * Who asks. The owner is an administrator, because drafts of git providers are administrators' alone; the member shows
 * what a role keeps out.
 */
export const columns = [
  'anonymous',
  'expired session',
  'revoked session',
  'expired token',
  'revoked token',
  'member',
  'member token',
  'administrator',
  'owner',
  'owner read',
  'owner manage',
  'owner git',
] as const;

export type Column = (typeof columns)[number];
export type PersonName = 'member' | 'root' | 'owner';

/** Which person's things a caller may reach; absent: nobody's. */
export const personOf: Readonly<Partial<Record<Column, PersonName>>> = {
  member: 'member',
  'member token': 'member',
  administrator: 'root',
  owner: 'owner',
  'owner read': 'owner',
  'owner manage': 'owner',
  'owner git': 'owner',
};

/** The columns that are a browser session, and of whom. */
export const sessionOf: Readonly<Partial<Record<Column, PersonName>>> = {
  member: 'member',
  administrator: 'root',
  owner: 'owner',
};

export type Callers = Record<Column, ApiClient>;
