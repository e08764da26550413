import type { PermissionLevel, StandardSchema } from '@anyforge/core';
import { permissionLevels } from '@anyforge/core';

/** A schema without a library: `read` throws a `TypeError` for what is wrong, in words that do not quote it. */
export function schemaOf<T>(read: (value: unknown) => T): StandardSchema<T> {
  return {
    '~standard': {
      version: 1,
      vendor: 'example',
      validate: (value) => {
        try {
          return { value: read(value) };
        } catch (error) {
          if (!(error instanceof TypeError)) throw error;
          return { issues: [{ message: error.message }] };
        }
      },
    },
  };
}

export function fieldsOf(value: unknown, what: string): ReadonlyMap<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TypeError(`${what} is no object`);
  return new Map(Object.entries(value));
}

export function text(fields: ReadonlyMap<string, unknown>, name: string): string {
  const value = fields.get(name);
  if (typeof value !== 'string' || value === '') throw new TypeError(`${name} is no text`);
  return value;
}

export function optionalText(fields: ReadonlyMap<string, unknown>, name: string): string | undefined {
  return (fields.get(name) ?? '') === '' ? undefined : text(fields, name);
}

function id(fields: ReadonlyMap<string, unknown>): string {
  const value = fields.get('id');
  if (!Number.isSafeInteger(value)) throw new TypeError('id is no number');
  return String(value);
}

function oneOf<const T extends string>(
  fields: ReadonlyMap<string, unknown>,
  name: string,
  values: readonly T[],
): T {
  const value = text(fields, name);
  const found = values.find((each) => each === value);
  if (found === undefined) throw new TypeError(`${name} is none of ${values.join(', ')}`);
  return found;
}

function level(fields: ReadonlyMap<string, unknown>): PermissionLevel {
  return oneOf(fields, 'permission', permissionLevels);
}

function list<T>(read: (value: unknown) => T): StandardSchema<readonly T[]> {
  return schemaOf((value) => {
    // An empty list would read as everything revoked.
    if (!Array.isArray(value)) throw new TypeError('the answer is no list');
    return value.map((each: unknown) => read(each));
  });
}

function readAccount(value: unknown) {
  const fields = fieldsOf(value, 'the account');
  return {
    id: id(fields),
    username: text(fields, 'username'),
    kind: oneOf(fields, 'kind', ['user', 'bot']),
    displayName: optionalText(fields, 'name'),
  };
}

function readRepository(value: unknown) {
  const fields = fieldsOf(value, 'the repository');
  const owner = fieldsOf(fields.get('owner'), 'the owner');
  return {
    ownerId: id(owner),
    id: id(fields),
    path: text(fields, 'path'),
    name: text(fields, 'name'),
    namespace: text(owner, 'path'),
    description: optionalText(fields, 'description'),
    webUrl: text(fields, 'web_url'),
    httpsCloneUrl: text(fields, 'clone_url'),
    sshCloneUrl: text(fields, 'ssh_url'),
    defaultBranch: optionalText(fields, 'default_branch'),
    visibility: oneOf(fields, 'visibility', ['public', 'internal', 'private']),
    archived: fields.get('archived') === true,
    fork: fields.get('fork') === true,
    updatedAt: new Date(text(fields, 'updated_at')),
    level: level(fields),
  };
}

export type RepositoryWire = ReturnType<typeof readRepository>;

export const userWire = schemaOf((value) => ({
  account: readAccount(value),
  email: optionalText(fieldsOf(value, 'the account'), 'email'),
}));
export const repositoryWire = schemaOf(readRepository);
export const repositoriesWire = list(readRepository);
export const organizationsWire = list((value) => {
  const fields = fieldsOf(value, 'the organization');
  return { id: id(fields), path: text(fields, 'path'), name: text(fields, 'name') };
});
export const peopleWire = list((value) => ({
  account: readAccount(value),
  level: level(fieldsOf(value, 'the account')),
}));
export const versionWire = schemaOf((value) => {
  const fields = fieldsOf(value, 'the version');
  return { product: oneOf(fields, 'product', ['Example']), version: text(fields, 'version') };
});
export const messageWire = schemaOf((value) => text(fieldsOf(value, 'the answer'), 'message'));
