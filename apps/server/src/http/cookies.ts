import { parseCookie, stringifySetCookie } from 'cookie';
import type { Request } from 'express';

/**
 * - `session`: who is signed in
 * - `recognition`: that somebody has signed in in this browser before
 * - `preSession`: a single sign-on that was begun in this browser
 */
export type CookieName = 'session' | 'recognition' | 'preSession';

/** What an answer makes a browser keep. */
export interface CookieChange {
  readonly name: CookieName;
  /** Null: nothing any more. */
  readonly value: string | null;
  /** How long; 0 to take it away. */
  readonly maxAgeMs: number;
}

const bareNames: Readonly<Record<CookieName, string>> = {
  session: 'anyforge',
  recognition: 'anyforge-browser',
  preSession: 'anyforge-sign-in',
};

/**
 * The server's cookies: out of reach for scripts, and not sent along when another site's page asks, except when
 * somebody follows a link: they come back from a forge that way. Where people come by https, no other host and
 * nothing unencrypted can plant one.
 */
export class Cookies {
  readonly #secure: boolean;

  constructor(publicUrl: string) {
    this.#secure = publicUrl.startsWith('https:');
  }

  nameOf(name: CookieName): string {
    return this.#secure ? `__Host-${bareNames[name]}` : bareNames[name];
  }

  read(request: Pick<Request, 'headers'>, name: CookieName): string | undefined {
    const { cookie } = request.headers;
    return cookie === undefined ? undefined : parseCookie(cookie)[this.nameOf(name)];
  }

  /** For `Set-Cookie`. */
  write({ name, value, maxAgeMs }: CookieChange): string {
    return stringifySetCookie({
      name: this.nameOf(name),
      value: value ?? '',
      path: '/',
      httpOnly: true,
      secure: this.#secure,
      sameSite: 'lax',
      maxAge: Math.floor(maxAgeMs / 1000),
    });
  }
}
