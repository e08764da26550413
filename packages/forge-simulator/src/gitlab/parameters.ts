import { refusals } from './refusal.js';

const truths = ['true', 't', '1', 'on', 'yes'];
const falsehoods = ['false', 'f', '0', 'off', 'no'];

/** Reads what a request asks for, and refuses what makes no sense, as GitLab does. Empty values count as not given. */
export class Parameters {
  constructor(readonly query: URLSearchParams) {}

  text(name: string): string | undefined {
    const value = this.query.get(name) ?? '';
    return value === '' ? undefined : value;
  }

  /** @throws Refusal */
  integer(name: string): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    if (!/^-?\d+$/.test(text) || !Number.isSafeInteger(Number(text))) throw refusals.invalid(name);
    return Number(text);
  }

  /** @throws Refusal */
  boolean(name: string): boolean | undefined {
    const text = this.text(name)?.toLowerCase();
    if (text === undefined) return undefined;
    if (truths.includes(text)) return true;
    if (falsehoods.includes(text)) return false;
    throw refusals.invalid(name);
  }

  /** @throws Refusal */
  date(name: string): Date | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const time = Date.parse(text);
    if (Number.isNaN(time)) throw refusals.invalid(name);
    return new Date(time);
  }

  /** @throws Refusal */
  integerAmong(name: string, values: readonly number[]): number | undefined {
    const value = this.integer(name);
    if (value !== undefined && !values.includes(value)) throw refusals.notAValue(name);
    return value;
  }

  /** @throws Refusal */
  among<Value extends string>(name: string, values: readonly Value[]): Value | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const value = values.find((each) => each === text);
    if (value === undefined) throw refusals.notAValue(name);
    return value;
  }
}
