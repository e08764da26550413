import type { Clock } from '../http/clock.js';
import type { Person } from '../world/model.js';
import { secretText } from '../secret-text.js';
import type { OAuthClient, OAuthClients } from './clients.js';
import type { RotationRules } from './rules.js';

/** Where a forge keeps the access tokens that its API accepts. */
export interface AccessTokenStore {
  /** @returns the token as its holder uses it */
  issue(request: AccessTokenRequest): string;
  revoke(value: string): boolean;
}

export interface AccessTokenRequest {
  readonly client: OAuthClient;
  readonly person: Person;
  readonly scopes: readonly string[];
  /** Absent where the token does not expire. */
  readonly expiresAt: Date | undefined;
}

export interface NewOAuthGrant {
  readonly client: OAuthClient;
  readonly person: Person;
  readonly scopes: readonly string[];
  readonly via: 'code' | 'device' | 'test';
  /** The one that was sent to the authorization page. */
  readonly redirectUri?: string | undefined;
}

/** What one person gave one client at one time, with the tokens that are good for it now. */
export interface OAuthGrant extends NewOAuthGrant {
  readonly accessToken: string;
  readonly refreshToken: string | undefined;
  /** How many times it was refreshed. */
  readonly refreshes: number;
  readonly revoked: boolean;
}

/** Tokens as they were just issued. */
export interface IssuedTokens {
  readonly grant: OAuthGrant;
  readonly grantType: string;
  readonly accessToken: string;
  readonly refreshToken: string | undefined;
  readonly scopes: readonly string[];
  readonly issuedAt: Date;
  /** Seconds; absent where the token does not expire and where the forge does not tell. */
  readonly expiresIn: number | undefined;
  /** Seconds, likewise. */
  readonly refreshTokenExpiresIn: number | undefined;
}

interface GrantRecord extends OAuthGrant {
  accessToken: string;
  /** Those that were not ended, the present one last. */
  readonly accessTokens: string[];
  refreshToken: string | undefined;
  refreshes: number;
  revoked: boolean;
}

interface RefreshTokenRecord {
  readonly grant: GrantRecord;
  readonly value: string;
  endsAt: number;
  /** Whether a newer one has taken its place. */
  isSpent: boolean;
}

/** What people gave to applications, and the tokens for it. */
export class OAuthGrants {
  readonly #grants: GrantRecord[] = [];
  readonly #refreshTokens = new Map<string, RefreshTokenRecord>();
  #issued = 0;

  constructor(
    readonly clients: OAuthClients,
    readonly tokens: AccessTokenStore,
    readonly rotation: RotationRules,
    readonly clock: Clock,
  ) {}

  get all(): readonly OAuthGrant[] {
    return this.#grants;
  }

  open(request: NewOAuthGrant, grantType: string): IssuedTokens {
    const accessToken = this.#issueAccess(request);
    const grant: GrantRecord = {
      ...request,
      accessToken,
      accessTokens: [accessToken],
      refreshToken: undefined,
      refreshes: 0,
      revoked: false,
    };
    this.#grants.push(grant);
    this.#issueRefresh(grant);
    return this.#issuedNow(grant, grantType);
  }

  /** The grant of a refresh token that still works. */
  byRefreshToken(value: string): OAuthGrant | undefined {
    return this.#goodRefreshToken(value)?.grant;
  }

  /** What is wrong with a refresh token; nothing where it works. */
  problemOfRefreshToken(
    value: string,
  ): 'bad-refresh-token' | 'spent-refresh-token' | 'ended-grant' | undefined {
    if (this.#goodRefreshToken(value) !== undefined) return undefined;
    const record = this.#refreshTokens.get(value);
    if (record?.grant.revoked === true) return 'ended-grant';
    return record?.isSpent === true ? 'spent-refresh-token' : 'bad-refresh-token';
  }

  /** The grant of an access token that was not ended: its present one, or one before that lives on. */
  byAccessToken(value: string): OAuthGrant | undefined {
    return this.#grants.find((grant) => !grant.revoked && grant.accessTokens.includes(value));
  }

  /** Issues the next pair for a refresh token. @returns nothing for one that does not work */
  refresh(value: string): IssuedTokens | undefined {
    const used = this.#goodRefreshToken(value);
    if (used === undefined) return undefined;
    const { grant } = used;
    grant.refreshes += 1;
    if (this.rotation.oldAccessToken === 'ends') this.#endAccess(grant);
    this.#renewAccess(grant);
    if (this.rotation.oldRefreshTokenSeconds !== Infinity) {
      this.#spend(used);
      this.#issueRefresh(grant);
    }
    return this.#issuedNow(grant, 'refresh_token');
  }

  /** Gives a grant another access token in place of all of its own. */
  reset(grant: OAuthGrant): IssuedTokens | undefined {
    const record = this.#grants.find((each) => each === grant);
    if (record === undefined || record.revoked) return undefined;
    this.#endAccess(record);
    this.#renewAccess(record);
    return this.#issuedNow(record, 'reset');
  }

  /** Ends the grants for which `which` holds, with all of their tokens. @returns how many */
  revoke(which: (grant: OAuthGrant) => boolean): number {
    const ending = this.#grants.filter((grant) => !grant.revoked && which(grant));
    for (const grant of ending) {
      grant.revoked = true;
      this.#endAccess(grant);
    }
    return ending.length;
  }

  #goodRefreshToken(value: string): RefreshTokenRecord | undefined {
    const record = this.#refreshTokens.get(value);
    if (record === undefined || record.grant.revoked) return undefined;
    return record.endsAt > this.#now() ? record : undefined;
  }

  #endAccess(grant: GrantRecord): void {
    for (const value of grant.accessTokens.splice(0)) this.tokens.revoke(value);
  }

  #renewAccess(grant: GrantRecord): void {
    grant.accessToken = this.#issueAccess(grant);
    grant.accessTokens.push(grant.accessToken);
  }

  #issueAccess({ client, person, scopes }: NewOAuthGrant): string {
    const seconds = this.#accessSeconds(client);
    const expiresAt = seconds === undefined ? undefined : new Date(this.#now() + seconds * 1000);
    return this.tokens.issue({ client, person, scopes, expiresAt });
  }

  #issueRefresh(grant: GrantRecord): void {
    const { refreshToken, refreshTokenSeconds = Infinity } = this.clients.kindOf(grant.client);
    if (refreshToken === undefined || !grant.client.expiringTokens) return;
    this.#issued += 1;
    const value = secretText(refreshToken, `${this.clients.seed}/refresh/${this.#issued}`);
    grant.refreshToken = value;
    if (this.rotation.oneForAllSignIns === true) this.#spendAllLike(grant);
    const endsAt = this.#now() + refreshTokenSeconds * 1000;
    this.#refreshTokens.set(value, { grant, value, endsAt, isSpent: false });
  }

  #spend(used: RefreshTokenRecord): void {
    used.isSpent = true;
    used.endsAt = Math.min(used.endsAt, this.#now() + this.rotation.oldRefreshTokenSeconds * 1000);
  }

  #spendAllLike({ client, person }: GrantRecord): void {
    for (const record of this.#refreshTokens.values())
      if (record.grant.client === client && record.grant.person === person) this.#spend(record);
  }

  #issuedNow(grant: GrantRecord, grantType: string): IssuedTokens {
    const { client, accessToken, refreshToken, scopes } = grant;
    const refreshTokenSeconds =
      refreshToken === undefined ? undefined : this.clients.kindOf(client).refreshTokenSeconds;
    return {
      grant,
      grantType,
      accessToken,
      refreshToken,
      scopes,
      issuedAt: this.clock.now(),
      expiresIn: client.tellsExpiry ? this.#accessSeconds(client) : undefined,
      refreshTokenExpiresIn: client.tellsExpiry ? refreshTokenSeconds : undefined,
    };
  }

  #accessSeconds(client: OAuthClient): number | undefined {
    return client.expiringTokens ? this.clients.kindOf(client).accessTokenSeconds : undefined;
  }

  #now(): number {
    return this.clock.now().getTime();
  }
}
