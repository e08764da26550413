import { notifications } from '@mantine/notifications';
import { explainProblem } from '../api/explain-problem.js';
import type { Texts } from '../texts/use-texts.js';

/** Says that something is done. */
export function notifyOfSuccess(message: string): void {
  notifications.show({ message, color: 'green' });
}

/** Says that something went wrong where there is no place beside it to say so. */
export function notifyOfProblem(error: unknown, texts: Texts, title?: string): void {
  const { message, repair } = explainProblem(error, texts);
  notifications.show({
    color: 'red',
    title,
    message: [message, repair?.text].filter((text) => text !== undefined).join(' '),
    autoClose: 10_000,
  });
}

/** Says why the page began anew, until it is read. */
export function notifyOfOtherPerson({ shell }: Texts): void {
  notifications.show({
    message: shell.otherPerson,
    color: 'yellow',
    autoClose: false,
  });
}
