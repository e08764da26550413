/** What a forge has answered to one request of one connection, kept to be asked for again on condition. */
export interface AnswerRow {
  /** The adapter's name for it: of the forge's type, of the account and of the request, hashed. */
  readonly id: string;
  /** It goes with the connection, and with the credential that it was given for. */
  readonly connection_id: string;
  /** The ETag and the answer, compressed and sealed. */
  readonly value: string;
  /** What the value takes. */
  readonly bytes: number;
  /** When it was last asked for, give or take a day. */
  readonly used_at: number;
}
