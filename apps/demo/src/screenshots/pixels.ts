import { inflateSync } from 'node:zlib';

/** A picture as colours: red, green and blue, eight bits each, row after row. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly colours: Uint8Array;
}

const signatureLength = 8;

/**
 * Reads a PNG as browsers write it: eight bits, not interlaced. What is transparent is left out.
 *
 * @throws Error for any other.
 */
export function readPng(file: Buffer): Pixels {
  const parts: Buffer[] = [];
  let header: Buffer | undefined;
  for (let at = signatureLength; at < file.length;) {
    const length = file.readUInt32BE(at);
    const type = file.toString('latin1', at + 4, at + 8);
    const content = file.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') header = content;
    if (type === 'IDAT') parts.push(content);
    at += length + 12;
  }
  if (header === undefined) throw new Error('The picture has no header.');
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const [depth, kind, interlaced] = [header[8], header[9], header[12]];
  if (depth !== 8 || interlaced !== 0 || (kind !== 2 && kind !== 6))
    throw new Error('Only pictures of eight bits, not interlaced, in colour can be read.');
  const channels = kind === 2 ? 3 : 4;
  const raw = unfilter(inflateSync(Buffer.concat(parts)), width * channels, height, channels);
  const colours = new Uint8Array(width * height * 3);
  for (let from = 0, to = 0; from < raw.length; from += channels, to += 3)
    colours.set(raw.subarray(from, from + 3), to);
  return { width, height, colours };
}

/** Each row tells with its first byte what was taken from its bytes: a neighbour, or a guess from all three. */
function unfilter(data: Buffer, rowLength: number, height: number, channels: number): Uint8Array {
  const raw = new Uint8Array(rowLength * height);
  const at = (row: number, column: number): number =>
    row < 0 || column < 0 ? 0 : (raw[row * rowLength + column] ?? 0);
  for (let row = 0; row < height; row += 1) {
    const start = row * (rowLength + 1);
    const filter = data[start] ?? 0;
    for (let column = 0; column < rowLength; column += 1) {
      const left = at(row, column - channels);
      const above = at(row - 1, column);
      const corner = column < channels ? 0 : at(row - 1, column - channels);
      raw[row * rowLength + column] = (data[start + 1 + column] ?? 0) + taken(filter, left, above, corner);
    }
  }
  return raw;
}

function taken(filter: number, left: number, above: number, corner: number): number {
  switch (filter) {
    case 0:
      return 0;
    case 1:
      return left;
    case 2:
      return above;
    case 3:
      return (left + above) >> 1;
    case 4:
      return nearest(left + above - corner, left, above, corner);
    default:
      throw new Error(`No picture is filtered by ${String(filter)}.`);
  }
}

function nearest(guess: number, left: number, above: number, corner: number): number {
  const [toLeft, toAbove, toCorner] = [left, above, corner].map((value) => Math.abs(guess - value));
  if (toLeft === undefined || toAbove === undefined || toCorner === undefined) return 0;
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}
