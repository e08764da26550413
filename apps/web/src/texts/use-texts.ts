import { createContext, useContext } from 'react';
import { english } from './en/index.js';

/** What every screen may say, in one language. */
export type Texts = typeof english;

const catalogues = { en: english };

/** A language that the page speaks. */
type Language = keyof typeof catalogues;

/** What a part of the page says, in every language: it is loaded with that part. */
export type TextArea<Words> = Readonly<Record<Language, Words>>;

/** What a part of the page says, in one language. */
export type TextsOf<Area extends TextArea<unknown>> = Area[Language];

const LanguageContext = createContext<Language>('en');

/** The texts that every screen may need, in the language that is shown. */
export function useTexts(): Texts {
  return catalogues[useContext(LanguageContext)];
}

/** The texts of a part of the page, in the language that is shown. */
export function useTextsOf<Words>(area: TextArea<Words>): Words {
  return area[useContext(LanguageContext)];
}
