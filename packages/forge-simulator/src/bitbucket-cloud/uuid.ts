/** The kinds of things with a uuid, each with a number that tells its uuids from the others'. */
const kinds = { user: 1, workspace: 2, repository: 3, project: 4 } as const;

type Kind = keyof typeof kinds;

/** Bitbucket's ids: '{3f2a61c4-8d1e-4b7f-8c02-0000000003e9}', in curly braces. The last group is the world's id. */
export function uuidOf(kind: Kind, id: number): string {
  const first = hexadecimal(mix(id * 8 + kinds[kind]));
  const second = hexadecimal(mix(id * 8 + kinds[kind] + 0x5bd1e995));
  const tail = id.toString(16).padStart(12, '0');
  return `{${first}-${second.slice(0, 4)}-4${second.slice(5)}-8${first.slice(0, 3)}-${tail}}`;
}

/** The world's id in a uuid of that kind; undefined for anything else. */
export function idIn(kind: Kind, uuid: string): number | undefined {
  const tail = /^\{[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-([0-9a-f]{12})\}$/i.exec(uuid)?.[1];
  if (tail === undefined) return undefined;
  const id = Number.parseInt(tail, 16);
  return uuidOf(kind, id) === uuid.toLowerCase() ? id : undefined;
}

/** Scatters numbers that follow one another over 32 bits, each to one of its own (the end of MurmurHash3). */
function mix(number: number): number {
  let bits = number;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

function hexadecimal(bits: number): string {
  return bits.toString(16).padStart(8, '0');
}
