import type { Clock, ForgeSimulator, NewOAuthClient } from '@anyforge/forge-simulator';
import type { Calendar } from './calendar.js';
import type { Cast, CastName } from './cast.js';

/** A token that somebody has made at a forge, to paste. */
export interface DemoToken {
  readonly holder: CastName;
  readonly token: string;
  /** What is typed beside it, where the forge wants that. */
  readonly username?: string | undefined;
  /** What is special about it. */
  readonly remark: string;
}

/** A simulated forge, and what it takes to configure a git provider for it. */
export interface DemoForge {
  readonly name: string;
  /** The provider type. */
  readonly type: string;
  readonly simulator: ForgeSimulator;
  readonly cast: Cast;
  /** Without the OAuth application. */
  readonly config: Readonly<Record<string, unknown>>;
  /** What an OAuth application there is registered with besides its name and redirect URL. */
  readonly application: Pick<NewOAuthClient, 'kind' | 'scopes'>;
  readonly tokens: readonly DemoToken[];
  /** From now on the forge refuses it. */
  readonly revokeToken: (token: string) => boolean;
  /** Lets it be as slow and as strict as it is in the demo. Until then it answers at once. */
  readonly begin: () => void;
}

export interface ForgeOptions {
  readonly calendar: Calendar;
  readonly clock: Clock;
  readonly port: number | undefined;
}

/** One of a forge's tokens. */
export function tokenOf({ name, tokens }: DemoForge, holder: CastName): DemoToken {
  const found = tokens.find((token) => token.holder === holder);
  if (found === undefined) throw new Error(`${holder} has no token at ${name}.`);
  return found;
}
