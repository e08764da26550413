/** A secret as it may stand somewhere. */
export interface Form {
  readonly name: string;
  readonly bytes: Buffer;
}

/** A secret as it is, and in every encoding in which it might be written by mistake. Each once. */
export function formsOf(secret: string): readonly Form[] {
  const plain = Buffer.from(secret);
  const forms: Form[] = [
    { name: 'plain', bytes: plain },
    { name: 'hex', bytes: Buffer.from(plain.toString('hex')) },
    { name: 'hex, upper case', bytes: Buffer.from(plain.toString('hex').toUpperCase()) },
    { name: 'URL-encoded', bytes: Buffer.from(encodeURIComponent(secret)) },
    {
      name: 'URL-encoded, lower case',
      bytes: Buffer.from(encodeURIComponent(secret).replace(/%../g, (code) => code.toLowerCase())),
    },
    { name: 'form-encoded', bytes: Buffer.from(new URLSearchParams([['', secret]]).toString().slice(1)) },
    { name: 'JSON', bytes: Buffer.from(JSON.stringify(secret).slice(1, -1)) },
    ...[0, 1, 2].flatMap((before) => inBase64(plain, before)),
  ];
  const seen = new Set<string>();
  return forms.filter(({ bytes }) => {
    const key = bytes.toString('latin1');
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

/** What base64 makes of it wherever it begins: without the characters that what is around it decides as well. */
function inBase64(plain: Buffer, before: number): readonly Form[] {
  const text = Buffer.concat([Buffer.alloc(before), plain])
    .toString('base64')
    .replace(/=+$/, '');
  const partial = (before + plain.length) % 3 === 0 ? 0 : 1;
  const certain = text.slice([0, 2, 3][before], text.length - partial);
  const urlSafe = certain.replaceAll('+', '-').replaceAll('/', '_');
  const name = `base64 after ${String(before)} bytes`;
  return [
    { name, bytes: Buffer.from(certain) },
    { name: `${name}, URL-safe`, bytes: Buffer.from(urlSafe) },
  ];
}
