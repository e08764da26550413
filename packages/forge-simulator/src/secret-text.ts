import { createHash } from 'node:crypto';

/** What a forge's secrets of one kind look like. */
export interface SecretShape {
  readonly prefix: string;
  /** Of what follows the prefix. */
  readonly length: number;
  readonly alphabet: 'alphanumeric' | 'hexadecimal';
}

/** A secret of this shape: the same for the same seed, another for any other. */
export function secretText({ prefix, length, alphabet }: SecretShape, seed: string): string {
  const encode = alphabet === 'hexadecimal' ? hexadecimal : alphanumeric;
  let text = '';
  for (let round = 0; text.length < length; round += 1)
    text += encode(createHash('sha256').update(`${seed}/${round}`).digest());
  return prefix + text.slice(0, length);
}

function hexadecimal(bytes: Buffer): string {
  return bytes.toString('hex');
}

function alphanumeric(bytes: Buffer): string {
  return bytes.toString('base64').replace(/[^A-Za-z0-9]/g, '');
}
