/** What the server takes at least. */
const fewestCharacters = 12;

/** A new password, as it is typed: twice. */
export interface NewPassword {
  readonly password: string;
  readonly repeated: string;
}

export const noPassword: NewPassword = { password: '', repeated: '' };

/** What is wrong with it before the server is asked. */
export interface NewPasswordFaults {
  readonly isShort: boolean;
  readonly differs: boolean;
}

export function faultsOf({ password, repeated }: NewPassword): NewPasswordFaults {
  return { isShort: Array.from(password).length < fewestCharacters, differs: password !== repeated };
}

/** Whether the server can be asked to take it. */
export function isComplete(value: NewPassword): boolean {
  const { isShort, differs } = faultsOf(value);
  return !isShort && !differs;
}
