import type { Clock } from '../http/clock.js';
import type { Person } from '../world/model.js';
import { secretText } from '../secret-text.js';
import type { OAuthClient } from './clients.js';
import type { DeviceRules } from './rules.js';

/** A device that waits for its person. */
export interface DeviceRequest {
  readonly client: OAuthClient;
  readonly scopes: readonly string[];
  readonly deviceCode: string;
  /** 'WDJB-MJHT' */
  readonly userCode: string;
  readonly endsAt: number;
  readonly decision:
    | { readonly kind: 'pending' }
    | { readonly kind: 'denied' }
    | { readonly kind: 'allowed'; readonly person: Person; readonly scopes: readonly string[] };
  readonly intervalSeconds: number;
}

interface DeviceRecord extends DeviceRequest {
  decision: DeviceRequest['decision'];
  intervalSeconds: number;
  askedAt: number;
}

/** The devices that wait. */
export class DeviceRequests {
  readonly #requests = new Map<string, DeviceRecord>();
  #started = 0;

  constructor(
    readonly rules: DeviceRules | undefined,
    readonly clock: Clock,
    readonly seed: string,
  ) {}

  /** @throws Error where the forge has no device flow */
  start(client: OAuthClient, scopes: readonly string[]): DeviceRequest {
    if (this.rules === undefined) throw new Error('This forge has no device flow');
    const { seconds, intervalSeconds, deviceCode } = this.rules;
    this.#started += 1;
    const seed = `${this.seed}/device/${this.#started}`;
    const now = this.#now();
    const request: DeviceRecord = {
      client,
      scopes,
      deviceCode: secretText(deviceCode, seed),
      userCode: userCode(`${seed}/user`),
      endsAt: now + seconds * 1000,
      decision: { kind: 'pending' },
      intervalSeconds,
      askedAt: -Infinity,
    };
    this.#requests.set(request.deviceCode, request);
    return request;
  }

  /** A request that a person may still decide about. Case and the hyphen do not matter to whoever types the code. */
  byUserCode(typed: string): DeviceRequest | undefined {
    const plain = (code: string): string => code.toUpperCase().replaceAll(/[^A-Z]/g, '');
    for (const request of this.#requests.values())
      if (plain(request.userCode) === plain(typed))
        return request.decision.kind === 'pending' && !this.isOver(request) ? request : undefined;
    return undefined;
  }

  byDeviceCode(value: string): DeviceRequest | undefined {
    return this.#requests.get(value);
  }

  isOver({ endsAt }: DeviceRequest): boolean {
    return endsAt <= this.#now();
  }

  decide({ deviceCode }: DeviceRequest, decision: DeviceRequest['decision']): void {
    const request = this.#requests.get(deviceCode);
    if (request !== undefined) request.decision = decision;
  }

  /** Notes that a device asked. @returns whether that was too soon, so that it must wait longer from now on */
  ask({ deviceCode }: DeviceRequest): boolean {
    const request = this.#requests.get(deviceCode);
    if (request === undefined) return false;
    const now = this.#now();
    const tooSoon = now - request.askedAt < request.intervalSeconds * 1000;
    request.askedAt = now;
    if (tooSoon) request.intervalSeconds += this.rules?.slowDownSeconds ?? 0;
    return tooSoon;
  }

  forget({ deviceCode }: DeviceRequest): void {
    this.#requests.delete(deviceCode);
  }

  #now(): number {
    return this.clock.now().getTime();
  }
}

/** Eight consonants: no word can come of them. @see https://www.rfc-editor.org/rfc/rfc8628#section-6.1 */
function userCode(seed: string): string {
  const letters = 'BCDFGHJKLMNPQRSTVWXZ';
  const bytes = Buffer.from(secretText({ prefix: '', length: 16, alphabet: 'hexadecimal' }, seed), 'hex');
  const code = [...bytes].map((byte) => letters.charAt(byte % letters.length)).join('');
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}
