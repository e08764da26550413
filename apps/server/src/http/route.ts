import type { Access, Browser, Caller, Hub } from '@anyforge/hub';
import type { Request } from 'express';
import type { z } from 'zod';
import type { CookieChange } from './cookies.js';

/** The content type of an answer that comes line by line. */
export const lineType = 'application/x-ndjson';

/** The content type of an answer that comes event by event. */
export const eventStreamType = 'text/event-stream';

/** One event, as `EventSource` in browsers reads it. */
export interface ServerSentEvent {
  /** One word. `problem` is what the server itself says when something goes wrong. */
  readonly name: string;
  /** What a browser that has lost the connection sends as `Last-Event-ID` when it asks again; without line breaks. */
  readonly id?: string | undefined;
  /** Sent as JSON. */
  readonly data: unknown;
}

/** What a route sends back. */
export interface Answer {
  readonly status: number;
  /** JSON, of the shape that the route declares for this status. */
  readonly body?: unknown;
  /**
   * One JSON value a line, each sent as soon as it is there (`application/x-ndjson`). The call's signal is aborted, with
   * the reason to throw, when the server stops.
   */
  readonly lines?: AsyncIterable<unknown>;
  /**
   * Events that are sent as soon as they are there (`text/event-stream`), for as long as whoever asks is let in. The
   * call's signal is aborted, with the reason to throw, when the server stops.
   */
  readonly events?: AsyncIterable<ServerSentEvent>;
  /** A page of its own. */
  readonly html?: string;
  /** The absolute path of a file; its name tells the content type. */
  readonly file?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** What the browser is to keep from now on. */
  readonly cookies?: readonly CookieChange[];
}

/** What a handler is given: everything parsed. */
interface Call<Params, Query, Body> {
  readonly hub: Hub;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** Aborted when whoever asks goes away. */
  readonly signal: AbortSignal;
  /** From where it is asked, and what cookies came along. */
  readonly browser: Browser;
  /** For what is no part of the description, such as headers. */
  readonly request: Request;
}

export interface PublicCall<Params, Query, Body> extends Call<Params, Query, Body> {
  readonly caller: Caller | undefined;
}

interface PersonalCall<Params, Query, Body> extends Call<Params, Query, Body> {
  readonly caller: Caller;
}

/** One answer of a route, as the API's description tells it. */
export interface AnswerDescription {
  readonly description: string;
  /** Of a JSON body, of one line, or of the data of one event. Absent: there is none. */
  readonly schema?: z.ZodType;
  /** `application/json` unless told otherwise. */
  readonly contentType?: string;
  /** The headers that it sets, each with what it says. */
  readonly headers?: Readonly<Record<string, string>>;
}

interface RouteParts<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType> {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Under `/api/v1` or the root, with parameters as Express has them: `/git-providers/:id`. */
  readonly path: string;
  /**
   * Of a `get` that other sites send browsers to, perhaps by way of another such: the page that asks may be any. It takes
   * no `HEAD`, with which proxies and scanners look at addresses, because coming there changes something.
   */
  readonly arrival?: true;
  /** A name for generated clients: `createGitProvider`. */
  readonly operation: string;
  readonly summary: string;
  readonly tag: string;
  readonly params?: Params;
  /** The headers that it heeds, each with what it says. */
  readonly requestHeaders?: Readonly<Record<string, string>>;
  /** Absent: a query is refused. */
  readonly query?: Query;
  /** Absent: a body is refused. */
  readonly body?: Body;
  /** What it answers when all goes well, by status. */
  readonly answers: Readonly<Record<number, AnswerDescription>>;
  /** The codes of the problems it answers with, besides those that every route can; `forgeProblems` where it asks a forge. */
  readonly problems?: readonly string[];
}

type PublicHandler<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType> = (
  call: PublicCall<z.output<Params>, z.output<Query>, z.output<Body>>,
) => Promise<Answer> | Answer;
type PersonalHandler<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType> = (
  call: PersonalCall<z.output<Params>, z.output<Query>, z.output<Body>>,
) => Promise<Answer> | Answer;

/** One route: what it takes to be let in, what it takes, what it answers, and the one call it makes. */
export interface Route extends RouteParts<z.ZodType, z.ZodType, z.ZodType> {
  readonly access: Access;
  handle(call: PublicCall<unknown, unknown, unknown>): Promise<Answer> | Answer;
}

const bitByBit: ReadonlySet<string | undefined> = new Set([lineType, eventStreamType]);

/** Whether an answer may stay open for long. */
export function comesBitByBit({ answers }: Pick<Route, 'answers'>): boolean {
  return Object.values(answers).some(({ contentType }) => bitByBit.has(contentType));
}

/** A route that only somebody who is signed in may take. */
export function personalRoute<
  Params extends z.ZodType = z.ZodUndefined,
  Query extends z.ZodType = z.ZodUndefined,
  Body extends z.ZodType = z.ZodUndefined,
>(
  parts: RouteParts<Params, Query, Body> & {
    readonly access: Exclude<Access, 'public'>;
    readonly handle: PersonalHandler<Params, Query, Body>;
  },
): Route {
  // The schemas are what gives the parts of a call their types; the router parses with them before it calls.
  return parts;
}

/** A route for everybody. */
export function publicRoute<
  Params extends z.ZodType = z.ZodUndefined,
  Query extends z.ZodType = z.ZodUndefined,
  Body extends z.ZodType = z.ZodUndefined,
>(parts: RouteParts<Params, Query, Body> & { readonly handle: PublicHandler<Params, Query, Body> }): Route {
  return { ...parts, access: 'public' };
}
