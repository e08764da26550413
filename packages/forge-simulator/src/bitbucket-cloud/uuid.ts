import { createHash } from 'node:crypto';

type Kind = 'user' | 'workspace' | 'repository' | 'project' | 'access-token';

/** Bitbucket's ids: '{3f2a61c4-8d1e-4b7f-8c02-0000000003e9}', in curly braces. The last group is the world's id. */
export function uuidOf(kind: Kind, id: number): string {
  const hash = createHash('sha256').update(`${kind}:${id}`).digest('hex');
  const tail = id.toString(16).padStart(12, '0');
  return `{${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${tail}}`;
}

/** The world's id in a uuid of that kind; undefined for anything else. */
export function idIn(kind: Kind, uuid: string): number | undefined {
  const tail = /^\{[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-([0-9a-f]{12})\}$/i.exec(uuid)?.[1];
  if (tail === undefined) return undefined;
  const id = Number.parseInt(tail, 16);
  return uuidOf(kind, id) === uuid.toLowerCase() ? id : undefined;
}
