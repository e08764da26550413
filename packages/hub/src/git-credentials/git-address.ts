import type { FieldIssue } from '../errors.js';
import { HubError } from '../errors.js';
import { withoutSlashes } from '../slashes.js';

/** What git knows of where it is about to sign in, in the fields of its credential protocol. */
export interface GitAddressInput {
  readonly protocol: string;
  /** With the port, where the address has one. */
  readonly host: string;
  /** What comes after the host, decoded. Absent: git tells it only with `credential.useHttpPath`. */
  readonly path?: string | undefined;
}

/** Where git is about to sign in, in the one form in which two of them can be compared. */
export interface GitAddress {
  /** `https://forge.example:8443`, as `URL.origin` has it. */
  readonly origin: string;
  /** Undefined: git did not tell. */
  readonly segments: readonly string[] | undefined;
}

const pathAtMost = 2048;
/** Deeper than any forge nests its groups. */
const segmentsAtMost = 50;
/** ASCII, so that no letter that looks or folds like another passes for it; no user name, and no dot at the end. */
const hostForm = /^([A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*|\[[0-9A-Fa-f:.]+\])(?::([1-9][0-9]{0,4}))?$/;
const loopbackForm = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * Reads what git sends. Nothing that can be understood in two ways is accepted: whoever reads it in the other way would
 * be given a credential that is meant for somebody else.
 *
 * @throws HubError `invalid_input`.
 */
export function parseGitAddress({ protocol, host, path }: GitAddressInput): GitAddress {
  const origin = parseOrigin(protocol, host);
  if (typeof origin !== 'string') throw HubError.invalidInput([origin]);
  const segments = path === undefined ? undefined : parsePath(path);
  if (segments !== undefined && 'message' in segments) throw HubError.invalidInput([segments]);
  return { origin, segments };
}

function parseOrigin(protocol: string, host: string): string | FieldIssue {
  if (protocol !== 'https' && protocol !== 'http') {
    return { path: 'protocol', message: 'Credentials are for https only.' };
  }
  const [, name = ''] = hostForm.exec(host) ?? [];
  const text = `${protocol}://${host}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // A number that stands for an address, and an address in a longer form, are read differently by different programs.
  if (url === undefined || name === '' || url.hostname !== name.toLowerCase()) {
    return {
      path: 'host',
      message:
        'Give the host as it stands in the address of the repository, with its port if it has one: "git.example.com:8443".',
    };
  }
  if (protocol === 'http' && !loopbackForm.test(url.hostname)) {
    return {
      path: 'protocol',
      message:
        'A credential sent over http could be read by anybody on the way. Clone from the address that begins with https://.',
    };
  }
  return url.origin;
}

function parsePath(path: string): readonly string[] | undefined | FieldIssue {
  // As git does it, so that `https://host//a/` and `https://host/a` are one.
  const trimmed = withoutSlashes(path);
  if (trimmed === '') return undefined;
  const segments = trimmed.split('/');
  const isPlain =
    path.length <= pathAtMost &&
    segments.length <= segmentsAtMost &&
    /^[\x21-\x7e]+$/.test(trimmed) &&
    !/[\\%?#]/.test(trimmed) &&
    segments.every((segment) => segment !== '' && segment !== '.' && segment !== '..');
  if (isPlain) return segments;
  return {
    path: 'path',
    message: 'Give the path of the repository as it stands in its address: "acme/platform/api.git".',
  };
}
