import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { listSettings, namesOf } from './definitions.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What the operator has written, and what is wrong with how. */
export interface Given {
  /** By the name of the setting, whether it was given itself or by a file. */
  readonly texts: ReadonlyMap<string, string>;
  /** Sentences. Never a value. */
  readonly mistakes: readonly string[];
}

/** Under which name the environment tells of the file of settings. */
const configVariable = 'ANYFORGE_CONFIG';

/** Collects the settings from the environment and the file of settings that it may name; the environment wins. */
export function collectSettings(environment: Environment): Given {
  const mistakes: string[] = [];
  const config = environment[configVariable] ?? '';
  const fromFile = config === '' ? {} : readConfig(config, mistakes);
  const texts = new Map<string, string>();
  for (const setting of listSettings()) {
    const { name } = setting;
    const names = namesOf(setting);
    // The environment wins over the file as a whole: a value there is no second one beside a file named here.
    const source = names.some((key) => isGiven(environment[key])) ? environment : fromFile;
    const [given, ...rest] = names.filter((key) => isGiven(source[key]));
    if (given === undefined) continue;
    if (rest.length > 0) {
      mistakes.push(`${names.join(' and ')} are both given. Give one of them.`);
      continue;
    }
    const value = source[given] ?? '';
    const text = given === name ? value : readSecret(given, value, mistakes);
    if (text !== undefined) texts.set(name, text);
  }
  return { texts, mistakes };
}

function isGiven(text: string | undefined): text is string {
  return text !== undefined && text !== '';
}

/** A text editor ends a file with a line break, which is no part of what it holds. */
function readSecret(name: string, path: string, mistakes: string[]): string | undefined {
  try {
    const text = readFileSync(path, 'utf8').trim();
    if (text !== '') return text;
    mistakes.push(`${name} names an empty file.`);
  } catch {
    mistakes.push(`${name} must name a file that can be read.`);
  }
  return undefined;
}

const configForm = z.record(z.string(), z.union([z.string(), z.number().transform(String)]));

function readConfig(path: string, mistakes: string[]): Environment {
  const content = readJson(path);
  if (content === undefined) {
    mistakes.push(`${configVariable} must name a file of JSON that can be read.`);
    return {};
  }
  const result = configForm.safeParse(content);
  if (!result.success) {
    mistakes.push(
      `${configVariable} must name a file with one JSON object, whose members are settings with texts or numbers.`,
    );
    return {};
  }
  const known = new Set(listSettings().flatMap(namesOf));
  const unknown = Object.keys(result.data).filter((name) => !known.has(name));
  mistakes.push(
    ...unknown.map(
      (name) => `"${name}" in the file of ${configVariable} is no setting. See docs/configuration.md.`,
    ),
  );
  return result.data;
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
