import { createContext, useContext } from 'react';
import { english } from './en/index.js';

/** What the page says, in one language. */
export type Texts = typeof english;

const TextsContext = createContext<Texts>(english);

/** The texts of the language that is shown. */
export function useTexts(): Texts {
  return useContext(TextsContext);
}
