import type { Account } from '@anyforge/core';
import { fromNullableJson, toDate } from '../store/json.js';
import type {
  SignInDisplay,
  SignInMethod,
  SignInPurpose,
  SignInRow,
  SignInState,
} from '../store/rows/sign-ins.js';
import type { SignInErrorKind } from './sign-in-failures.js';

/** A sign-in at a forge, under way or over. Never with a secret. */
export interface SignIn {
  readonly id: string;
  readonly gitProviderId: string;
  readonly purpose: SignInPurpose;
  readonly draftId?: string | undefined;
  readonly method: SignInMethod;
  readonly display: SignInDisplay;
  readonly state: SignInState;
  /** What to type and where, while a device's code is waited for. */
  readonly device?:
    | {
        readonly userCode: string;
        readonly verificationUrl: string;
        /** Asking earlier changes nothing. */
        readonly nextPollAt: Date;
      }
    | undefined;
  /** Whose the sign-in is, as soon as the forge has told. */
  readonly account?: Account | undefined;
  /** Why it failed. */
  readonly error?:
    | {
        readonly kind: SignInErrorKind;
        readonly message: string;
        readonly repair?: { readonly text: string; readonly url?: string | undefined } | undefined;
      }
    | undefined;
  /** The sync that the new connection has started. */
  readonly syncId?: string | undefined;
  /** Where to go on: an address of this server. */
  readonly returnUrl: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly finishedAt?: Date | undefined;
}

/** A sign-in that has just begun. */
export interface StartedSignIn extends SignIn {
  /** The forge's page where the person goes on. It is told this once, to whoever has started the sign-in. */
  readonly authorizationUrl?: string | undefined;
}

export function toSignIn(row: SignInRow, publicUrl: string): SignIn {
  return {
    id: row.id,
    gitProviderId: row.git_provider_id,
    purpose: row.purpose,
    draftId: row.draft_id ?? undefined,
    method: row.method,
    display: row.display,
    state: row.state,
    device: toDevice(row),
    account: toAccount(row),
    error: toError(row),
    syncId: row.sync_id ?? undefined,
    returnUrl: `${publicUrl}${row.return_to}`,
    createdAt: new Date(row.created_at),
    expiresAt: new Date(row.expires_at),
    finishedAt: toDate(row.finished_at),
  };
}

/** Who it is: without the links that the forge sent, for nobody needs them here. */
function toAccount(row: SignInRow): Account | undefined {
  const account = fromNullableJson(row.identity)?.account;
  if (account === undefined) return undefined;
  const { id, username, kind, displayName } = account;
  return { id, username, kind, displayName };
}

function toDevice(row: SignInRow): SignIn['device'] {
  const { user_code: userCode, verification_url: verificationUrl, poll_at: pollAt } = row;
  if (row.state !== 'pending' || userCode === null || verificationUrl === null || pollAt === null) {
    return undefined;
  }
  return { userCode, verificationUrl, nextPollAt: new Date(pollAt) };
}

function toError(row: SignInRow): SignIn['error'] {
  const { error_kind: kind, error_message: message, error_repair_text: text, error_repair_url: url } = row;
  if (kind === null || message === null) return undefined;
  return { kind, message, repair: text === null ? undefined : { text, url: url ?? undefined } };
}
