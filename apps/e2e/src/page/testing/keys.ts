import type { Locator, Page } from 'playwright-core';

/** More than there are stops on any screen. */
const manyStops = 120;

/** What comes sooner after a press is taken for a part of it, as with a double click. */
const onePressMs = 500;

const anotherPress = `new Promise((done) => {
  const rest = (window.lastEnterAt ?? -Infinity) + ${onePressMs} - performance.now();
  if (rest > 0) setTimeout(done, rest); else done();
})`;

const noteEnter = `addEventListener('keyup', ({ timeStamp }) => { window.lastEnterAt = timeStamp; }, { once: true, capture: true })`;

/** A field shows the focus by its border. */
const focusIsSeen = `(() => {
  const element = document.activeElement;
  const isField = element.matches('input, select, textarea');
  return element.matches(':focus-visible') && (isField || getComputedStyle(element).outlineStyle !== 'none');
})()`;

/** Somebody who has a keyboard and nothing else. */
export class Keys {
  constructor(readonly page: Page) {}

  /**
   * Goes on by one key until this has the focus.
   *
   * @throws Error when it is never reached, or when the focus is not to be seen there
   */
  async to(target: Locator, key = 'Tab'): Promise<void> {
    await target.waitFor();
    for (let stop = 0; stop < manyStops; stop += 1) {
      if (await this.isAt(target)) {
        if (await this.page.evaluate<boolean>(focusIsSeen)) return;
        throw new Error(`The focus is not to be seen at ${String(target)}.`);
      }
      await this.press(key);
    }
    throw new Error(`${key} does not lead to ${String(target)}.`);
  }

  async isAt(target: Locator): Promise<boolean> {
    return (await this.page.locator(':focus').and(target).count()) > 0;
  }

  async press(key: string): Promise<void> {
    await this.page.keyboard.press(key);
  }

  /** Goes there and presses Enter, no sooner after the last Enter than a person does who means another thing by it. */
  async enter(target: Locator): Promise<void> {
    await this.to(target);
    await this.page.evaluate(anotherPress);
    await this.page.evaluate(noteEnter);
    await this.press('Enter');
  }

  /** Goes there and types, in the place of what is there. */
  async type(target: Locator, text: string): Promise<void> {
    await this.to(target);
    await this.press('ControlOrMeta+a');
    await this.page.keyboard.type(text);
  }
}
