import type { LoggedRequest } from './request-log.js';
import type { SimulatedRequest, Surface, TextResponse } from './message.js';

/** What goes wrong. Effects that need an answer to spoil let the forge make it first. */
export type FaultEffect =
  /** Answers this instead of the forge's answer. */
  | {
      readonly kind: 'respond';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      /** An object is sent as JSON. */
      readonly body?: string | object;
    }
  /** An error page as a proxy in front of the forge makes it; 502 when not given. */
  | { readonly kind: 'html-page'; readonly status?: number }
  /** Closes the connection with a reset, before any byte. */
  | { readonly kind: 'reset' }
  /** Never answers. */
  | { readonly kind: 'hang-before-headers' }
  /** Sends the headers and never the body. */
  | { readonly kind: 'hang-after-headers' }
  /** Promises the whole body and closes the connection after `bytes`; half of it when not given. */
  | { readonly kind: 'cut-body'; readonly bytes?: number }
  /** A complete answer whose JSON stops in the middle. */
  | { readonly kind: 'cut-json' }
  /** Sends the body `chunkBytes` at a time with `delayMs` before each. */
  | { readonly kind: 'slow-body'; readonly chunkBytes: number; readonly delayMs: number }
  | { readonly kind: 'delay'; readonly ms: number }
  /** 302 when no status is given. */
  | { readonly kind: 'redirect'; readonly location: string; readonly status?: number }
  /** Makes the listing's next page this address, on whichever page it is. */
  | { readonly kind: 'next-link'; readonly url: string }
  /** Makes the listing's next page the one that was asked for. */
  | { readonly kind: 'link-loop' }
  | { readonly kind: 'add-headers'; readonly headers: Readonly<Record<string, string>> }
  | {
      readonly kind: 'edit';
      readonly edit: (response: TextResponse, request: SimulatedRequest) => TextResponse;
    }
  /** Does something to the world or the tokens before the forge answers as usual. */
  | { readonly kind: 'run'; readonly action: (request: LoggedRequest) => void | Promise<void> };

export interface Fault {
  /** Everything given must hold. A path is below the surface's root: '/user/repos'. */
  readonly match?: {
    readonly method?: string;
    readonly surface?: Surface;
    readonly path?: string | RegExp;
    readonly query?: Readonly<Record<string, string>>;
    /** The first matching request to spoil, from 1; 1 when not given. */
    readonly nth?: number;
  };
  /** How many requests it spoils; one when not given. */
  readonly times?: number;
  readonly effect: FaultEffect;
}

export interface ScriptedFault {
  /** How many requests it has spoiled. */
  readonly hits: number;
  remove(): void;
}

/** What is to go wrong, in the order in which it was scripted. A request meets one fault at most. */
export class Faults {
  readonly #script: { readonly fault: Fault; seen: number; hits: number }[] = [];

  add(fault: Fault): ScriptedFault {
    const line = { fault, seen: 0, hits: 0 };
    this.#script.push(line);
    return {
      get hits() {
        return line.hits;
      },
      remove: () => {
        const index = this.#script.indexOf(line);
        if (index >= 0) this.#script.splice(index, 1);
      },
    };
  }

  clear(): void {
    this.#script.length = 0;
  }

  /** The effect this request meets, counted as spent. */
  take(request: LoggedRequest): FaultEffect | undefined {
    let effect: FaultEffect | undefined;
    for (const line of this.#script) {
      if (!matches(line.fault, request)) continue;
      line.seen += 1;
      if (effect !== undefined) continue;
      const first = line.fault.match?.nth ?? 1;
      if (line.seen < first || line.hits >= (line.fault.times ?? 1)) continue;
      line.hits += 1;
      effect = line.fault.effect;
    }
    return effect;
  }
}

function matches({ match = {} }: Fault, request: LoggedRequest): boolean {
  if (match.method !== undefined && match.method.toUpperCase() !== request.method) return false;
  if (match.surface !== undefined && match.surface !== request.surface) return false;
  if (typeof match.path === 'string' && match.path !== request.path) return false;
  // `search`, unlike `test`, does not remember where a global expression matched last.
  if (match.path instanceof RegExp && request.path.search(match.path) < 0) return false;
  return Object.entries(match.query ?? {}).every(([name, value]) => request.query[name] === value);
}
