import { describe, expect, it } from '@jest/globals';
import { crc32, deflateSync } from 'node:zlib';
import { readPng } from './pixels.js';
import { smallPng } from './small-png.js';

function chunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

/** Of rows that are filtered already, three bytes for each pixel. */
function png(width: number, rows: readonly (readonly number[])[]): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(rows.length, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  const data = deflateSync(Buffer.from(rows.flat()));
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

describe('a picture', () => {
  it('is read however its rows are filtered', () => {
    const rows = [
      [0, 10, 20, 30, 40, 50, 60],
      [1, 1, 1, 1, 5, 5, 5],
      [2, 1, 1, 1, 250, 250, 250],
      [3, 2, 2, 2, 3, 3, 3],
      [4, 1, 2, 3, 4, 5, 6],
    ];
    expect([...readPng(png(2, rows)).colours]).toEqual([
      ...[10, 20, 30, 40, 50, 60],
      ...[1, 1, 1, 6, 6, 6],
      ...[2, 2, 2, 0, 0, 0],
      ...[3, 3, 3, 4, 4, 4],
      ...[4, 5, 6, 8, 10, 12],
    ]);
  });

  it('of few colours keeps each of them', () => {
    const file = smallPng(png(2, [[0, 1, 2, 3, 255, 254, 253]]));
    expect(file.toString('latin1')).toContain('\x01\x02\x03\xff\xfe\xfd');
  });

  it('of many colours keeps those that most of it has', () => {
    const grey = Array.from({ length: 600 }, () => [7, 7, 7]).flat();
    const many = Array.from({ length: 600 }, (_, index) => [index % 256, (index * 7) % 256, 200]).flat();
    const file = smallPng(
      png(600, [
        [0, ...grey],
        [0, ...many],
      ]),
    );
    const start = file.indexOf('PLTE');
    expect(file.readUInt32BE(start - 4)).toBeLessThanOrEqual(256 * 3);
    expect([...file.subarray(start + 4, start + 7)]).toEqual([7, 7, 7]);
  });
});
