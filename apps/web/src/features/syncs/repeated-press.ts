/** Of an event of a press, by a pointer or a key. */
interface Press {
  /** Which of several presses in quick succession at one place it is; 0 by a key. */
  readonly detail: number;
  /** In milliseconds, from when does not matter. */
  readonly timeStamp: number;
}

/** As long as a key may take for a second press that is meant as one with the first. Pointers are counted by browsers. */
const onePressMs = 500;

/**
 * Whether a press belongs to the one before it, as the second of a double click does. What a button has become by the
 * first was not meant by the second.
 *
 * @param before when the press was that did something; undefined when there was none
 */
export function isRepeatedPress({ detail, timeStamp }: Press, before: number | undefined): boolean {
  return detail === 0 ? before !== undefined && timeStamp - before < onePressMs : detail > 1;
}
