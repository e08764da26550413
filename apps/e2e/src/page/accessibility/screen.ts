import type { AccountHolder } from '@anyforge/demo';
import type { Page } from 'playwright-core';
import type { Places } from './places.js';

/** A screen in a state that people meet. */
export interface Screen {
  /** The path in the page's router. */
  readonly route: string;
  readonly state: string;
  /** Who is signed in; nobody when absent. */
  readonly as?: AccountHolder;
  /** Whether it takes a browser of its own, because others need what ends there. */
  readonly alone?: boolean;
  /** Where it is, when that is not the route itself: a path, or a whole address. */
  readonly path?: (places: Places) => string;
  /** Done before the page is loaded. */
  readonly prepare?: Step;
  /** What is done to bring it into this state, and what is seen there. */
  readonly arrange?: Step;
}

export type Step = (page: Page) => Promise<unknown>;

/** One after another. */
export function all(...steps: readonly Step[]): Step {
  return async (page) => {
    for (const step of steps) await step(page);
  };
}

export function press(name: string | RegExp): Step {
  return (page) => page.getByRole('button', { name }).first().click();
}

export function see(words: string | RegExp): Step {
  return (page) => page.getByText(words).first().waitFor();
}

export function type(label: string, text: string): Step {
  return (page) => page.getByLabel(label, { exact: true }).fill(text);
}

/** A dialog is open. */
export const seeDialog: Step = (page) => page.getByRole('dialog').waitFor();

/** A menu is open. */
export const seeMenu: Step = (page) => page.getByRole('menu').waitFor();

/** What a button has opened below itself. */
export function seePanel(name: string | RegExp): Step {
  return (page) => page.getByRole('group', { name }).first().waitFor();
}

/** There are rows in a table. */
export const seeRows: Step = (page) => page.getByRole('row').nth(2).waitFor();

/** Something is said to be wrong, at a field or by itself. */
export const seeProblem: Step = (page) =>
  page.locator('[aria-invalid="true"]').or(page.getByRole('alert')).first().waitFor();
