import { ApiError, ApiUnreachable } from '@anyforge/client';
import type { Texts } from '../texts/use-texts.js';

/** What is said of something that went wrong. */
export interface Explained {
  readonly message: string;
  /** What to do, and where. */
  readonly repair?: { readonly text: string; readonly url?: string | undefined } | undefined;
  /** When asking again makes sense. */
  readonly retryAt?: Date | undefined;
  /** By which the server's log knows the request; only where nobody foresaw what happened. */
  readonly requestId?: string | undefined;
}

/** Words for anything that was thrown. What the server says is for people already. */
export function explainProblem(error: unknown, { problems }: Texts): Explained {
  if (error instanceof ApiUnreachable) return { message: problems.unreachable };
  if (!(error instanceof ApiError)) return { message: problems.unexpected };
  const { code, status, detail, repair, retryAt, requestId, fields } = error;
  if (code === 'not_signed_in') return { message: problems.signedOut };
  if (code === 'unexpected_answer') return { message: problems.unreadable };
  return {
    message: [detail, ...fields.map(({ message }) => message).filter((text) => !detail.includes(text))].join(
      ' ',
    ),
    repair,
    retryAt,
    requestId: status >= 500 ? requestId : undefined,
  };
}
