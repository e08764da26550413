import { describe, expect, it } from '@jest/globals';
import { addressKind, isAllowed } from './addresses.js';

describe('the kind of an address', () => {
  it.each([
    ['140.82.112.3', 'public'],
    ['2606:50c0:8000::153', 'public'],
    ['10.1.2.3', 'private'],
    ['172.31.255.255', 'private'],
    ['192.168.0.1', 'private'],
    ['100.64.0.1', 'private'],
    ['fd12:3456::1', 'private'],
    ['127.0.0.1', 'loopback'],
    ['127.8.9.10', 'loopback'],
    ['::1', 'loopback'],
    // Link-local, where clouds keep their metadata, and metadata elsewhere.
    ['169.254.169.254', 'forbidden'],
    ['169.254.0.1', 'forbidden'],
    ['fe80::1', 'forbidden'],
    ['fe80::1%eth0', 'forbidden'],
    ['fd00:ec2::254', 'forbidden'],
    ['fd20:ce::254', 'forbidden'],
    ['fd00:c1::a9fe:a9fe', 'forbidden'],
    ['100.100.100.200', 'forbidden'],
    ['168.63.129.16', 'forbidden'],
    ['192.0.0.192', 'forbidden'],
    // IPv4 in the clothes of IPv6.
    ['::ffff:127.0.0.1', 'loopback'],
    ['::ffff:7f00:1', 'loopback'],
    ['::ffff:10.0.0.1', 'private'],
    ['::ffff:140.82.112.3', 'public'],
    ['::ffff:169.254.169.254', 'forbidden'],
    ['::ffff:168.63.129.16', 'forbidden'],
    ['::127.0.0.1', 'loopback'],
    ['::ffff:0:10.0.0.1', 'private'],
    ['64:ff9b::7f00:1', 'loopback'],
    ['64:ff9b::a9fe:a9fe', 'forbidden'],
    ['64:ff9b::8c52:7003', 'public'],
    ['64:ff9b:1::a00:1', 'forbidden'],
    ['2002:7f00:1::', 'forbidden'],
    ['2001:0:4136:e378:8000:63bf:3fff:fdd2', 'forbidden'],
    ['2606:50c0::5efe:7f00:1', 'forbidden'],
    ['2606:50c0::200:5efe:a00:1', 'forbidden'],
    // No plain unicast at all.
    ['0.0.0.0', 'forbidden'],
    ['0.1.2.3', 'forbidden'],
    ['::', 'forbidden'],
    ['224.0.0.1', 'forbidden'],
    ['ff02::1', 'forbidden'],
    ['255.255.255.255', 'forbidden'],
    ['240.0.0.1', 'forbidden'],
    ['198.18.0.1', 'forbidden'],
    ['192.0.2.1', 'forbidden'],
    ['2001:db8::1', 'forbidden'],
    ['fec0::1', 'forbidden'],
    ['100::1', 'forbidden'],
    ['4000::1', 'forbidden'],
    ['64:ff9b:0:1::1', 'forbidden'],
    ['example.com', 'forbidden'],
    ['', 'forbidden'],
  ])('%s is %s', (address, kind) => {
    expect(addressKind(address)).toBe(kind);
  });

  it('is allowed by the settings, and forbidden by nothing but itself', () => {
    const both = { private: true, loopback: true };
    const none = { private: false, loopback: false };
    expect(isAllowed('public', none)).toBe(true);
    expect(isAllowed('private', none)).toBe(false);
    expect(isAllowed('loopback', none)).toBe(false);
    expect(isAllowed('private', { private: true, loopback: false })).toBe(true);
    expect(isAllowed('loopback', { private: true, loopback: false })).toBe(false);
    expect(isAllowed('forbidden', both)).toBe(false);
  });
});
