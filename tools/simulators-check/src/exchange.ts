import type { z } from 'zod';
import type { JsonObject } from './json.js';

/** One request to a running simulator, and what its answer has to be. */
export interface Exchange {
  /** As the description writes it: 'GET /repos/{owner}/{repo}'. */
  readonly operation: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | URLSearchParams;
  readonly status: number;
  /** The wire schemas with which the adapter reads this answer; absent where no adapter does. */
  readonly reads?: z.ZodType | readonly z.ZodType[];
  /**
   * Fields that the adapter reads and that this answer lacks throughout, for a reason: '[].permissions'; and lists of
   * which it has no item: 'shared_with_groups[]'.
   */
  readonly withheld?: readonly string[];
  /** Those that some of the answer's objects have and others lack, for a reason: '[].forked_from_project'. */
  readonly inSome?: readonly string[];
}

/** Where a vendor's answers are not as its description has them. */
export type Amendment = {
  /** Where the vendor says so, or somebody shows what it answers. */
  readonly see: string;
} & (
  | {
      /** A field that need not be there, in every schema that requires it. */
      readonly optional: string;
    }
  | {
      /** A place in the description: a JSON pointer. */
      readonly at: string;
      /** Laid over the object there; null takes a member away. */
      readonly merge: JsonObject;
    }
);

/** A simulator in one of its forms, and the description that it is held against. */
export interface Profile {
  /** 'GitHub Enterprise Server' */
  readonly name: string;
  /** The description's file. */
  readonly file: string;
  readonly amendments?: readonly Amendment[];
  /** Starts the simulator with a world in it. Absent while there is none: what is described is listed as such. */
  readonly start?: () => Promise<RunningProfile>;
}

interface RunningProfile {
  /** Made one after the other. */
  readonly exchanges: readonly Exchange[];
  close(): Promise<void>;
}
