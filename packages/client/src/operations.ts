import type { paths } from './generated/api.js';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

type OperationAt<Path extends keyof paths, M extends Method> = M extends keyof paths[Path]
  ? paths[Path][M]
  : never;

/** By status; null is no body. */
type AnswersOf<Operation> = Operation extends { readonly responses: infer Responses }
  ? {
      [Status in keyof Responses]: Responses[Status] extends { readonly content: infer Content }
        ? Content
        : null;
    }
  : never;

type IsWhole<Content> = Content extends null | { readonly 'application/json': unknown } ? true : false;

/** The paths that take a method and answer at once, not bit by bit. */
export type PathOf<M extends Method> = {
  [Path in keyof paths]: M extends keyof paths[Path]
    ? false extends IsWhole<AnswersOf<paths[Path][M]>[keyof AnswersOf<paths[Path][M]>]>
      ? never
      : Path
    : never;
}[keyof paths];

type BodyOfContent<Content> = Content extends { readonly 'application/json': infer Body } ? Body : undefined;

/** What a call resolves to: `ApiAnswer<'get', '/repositories'>`. Undefined where the answer has no body. */
export type ApiAnswer<M extends Method, Path extends PathOf<M>> = BodyOfContent<
  AnswersOf<OperationAt<Path, M>>[keyof AnswersOf<OperationAt<Path, M>>]
>;

type BodyPart<Operation> = Operation extends {
  readonly requestBody: { readonly content: { readonly 'application/json': infer Body } };
}
  ? { readonly body: Body }
  : unknown;

/** What a call is sent: `ApiBody<'post', '/git-providers'>`. */
export type ApiBody<M extends Method, Path extends PathOf<M>> =
  BodyPart<OperationAt<Path, M>> extends { readonly body: infer Body } ? Body : never;

type ParametersPart<Operation> = Operation extends { readonly parameters: infer Parameters }
  ? object extends Parameters
    ? { readonly params?: Parameters | undefined }
    : { readonly params: Parameters }
  : unknown;

/** What `GET` of a path can be asked in its query. */
export type QueryOf<Path extends PathOf<'get'>> =
  OperationAt<Path, 'get'> extends { readonly parameters: { readonly query?: infer Query } }
    ? Exclude<Query, undefined>
    : never;

export interface SignalOption {
  /** Ends the call. It then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** What goes with a call of one path: its parameters, its body, a signal. */
export type CallOptions<M extends Method, Path extends PathOf<M>> = ParametersPart<OperationAt<Path, M>> &
  BodyPart<OperationAt<Path, M>> &
  SignalOption;

/** Left out where nothing is needed. */
type CallArguments<Options> = object extends Options ? [options?: Options] : [options: Options];

/**
 * One call.
 *
 * @throws ApiError when the answer says no; ApiUnreachable when there is none; the signal's reason when it is aborted.
 */
export type Call<M extends Method> = <Path extends PathOf<M>>(
  path: Path,
  ...options: CallArguments<CallOptions<M, Path>>
) => Promise<ApiAnswer<M, Path>>;

/** The same, for what headers tell: an `ETag`, a `Location`. */
export type CallWithHeaders<M extends Method> = <Path extends PathOf<M>>(
  path: Path,
  ...options: CallArguments<CallOptions<M, Path>>
) => Promise<AnswerWithHeaders<ApiAnswer<M, Path>>>;

export interface AnswerWithHeaders<Data> {
  readonly data: Data;
  readonly headers: Headers;
  readonly status: number;
}

/** By method: `GET('/git-providers/{id}', { params: { path: { id } }, signal })`. */
export type Calls = { readonly [M in Method as Uppercase<M>]: Call<M> };
export type CallsWithHeaders = { readonly [M in Method as Uppercase<M>]: CallWithHeaders<M> };
