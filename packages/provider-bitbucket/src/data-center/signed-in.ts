/** Who Bitbucket answered to, by the headers of its answer. */
export interface SignedIn {
  readonly username: string;
  /** Absent where the answer does not tell. */
  readonly id?: string | undefined;
}

/**
 * Reads `X-AUSERNAME`, which is encoded as in addresses, and `X-AUSERID`. Undefined where Bitbucket took the request for
 * nobody's. There is no other way to ask it who a credential belongs to.
 */
export function signedInAs(headers: Headers): SignedIn | undefined {
  const name = headers.get('x-ausername') ?? '';
  if (name === '' || name === 'anonymous') return undefined;
  const id = headers.get('x-auserid') ?? '';
  return { username: decode(name), id: /^\d+$/.test(id) ? id : undefined };
}

function decode(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
