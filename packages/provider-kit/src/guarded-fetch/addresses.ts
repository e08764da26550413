import ipaddr from 'ipaddr.js';

/** What an address is good for. `forbidden` may never be connected to, whatever the settings are. */
export type AddressKind = 'public' | 'private' | 'loopback' | 'forbidden';

/** Which addresses beside public ones may be connected to. */
export interface AddressSettings {
  /** RFC 1918, carrier-grade NAT and unique-local addresses: a company's own network. */
  readonly private: boolean;
  /** This machine. */
  readonly loopback: boolean;
}

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/**
 * Where clouds tell a machine its credentials, beyond link-local addresses, all of which are forbidden anyway.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html fd00:ec2::254
 * @see https://cloud.google.com/compute/docs/metadata/querying-metadata fd20:ce::254
 * @see https://www.alibabacloud.com/help/en/ecs/user-guide/view-instance-metadata 100.100.100.200
 * @see https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16 168.63.129.16
 * @see https://docs.oracle.com/en-us/iaas/Content/Compute/Tasks/gettingmetadata.htm 192.0.0.192, fd00:c1::a9fe:a9fe
 */
const metadataAddresses: ReadonlySet<string> = new Set(
  [
    'fd00:ec2::254',
    'fd00:ec2::23',
    'fd20:ce::254',
    '100.100.100.200',
    '168.63.129.16',
    '192.0.0.192',
    'fd00:c1::a9fe:a9fe',
  ].map((address) => ipaddr.parse(address).toNormalizedString()),
);

/** Ranges in the words of ipaddr.js; every other one (link-local, multicast, reserved, tunnels) is forbidden. */
const kindByRange: Readonly<Record<string, AddressKind>> = {
  unicast: 'public',
  private: 'private',
  carrierGradeNat: 'private',
  uniqueLocal: 'private',
  loopback: 'loopback',
};

/**
 * IPv6 notations of an IPv4 address, which are as good as that address. 6to4 and Teredo hold one too, but lead
 * through relays of anybody's: as tunnels they stay forbidden.
 *
 * @see https://www.rfc-editor.org/rfc/rfc4291#section-2.5.5 compatible and mapped
 * @see https://www.rfc-editor.org/rfc/rfc6052#section-2.1 NAT64, well-known prefix
 * @see https://www.rfc-editor.org/rfc/rfc2765#section-2.1 translated
 */
const embeddingPrefixes: readonly string[] = ['::/96', '::ffff:0:0/96', '::ffff:0:0:0/96', '64:ff9b::/96'];

/** The only IPv6 addresses that are assigned to anybody. @see https://www.iana.org/assignments/ipv6-address-space */
const globalUnicast = '2000::/3';

/** Tells what kind an IP address is. Zone ids and all notations of ipaddr.js are understood. */
export function addressKind(text: string): AddressKind {
  if (!ipaddr.isValid(text)) return 'forbidden';
  const address = ipaddr.parse(text);
  if (metadataAddresses.has(address.toNormalizedString())) return 'forbidden';
  return address instanceof ipaddr.IPv6 ? kindOfIPv6(address) : kindOf(address);
}

export function isAllowed(kind: AddressKind, settings: AddressSettings): boolean {
  return kind === 'public' || (kind !== 'forbidden' && settings[kind]);
}

function kindOfIPv6(address: ipaddr.IPv6): AddressKind {
  const range = address.range();
  if (range === 'loopback' || range === 'unspecified') return kindOf(address);
  if (embeddingPrefixes.some((prefix) => isInside(address, prefix))) return addressKind(lastIPv4(address));
  // An ISATAP interface id leads to the IPv4 address at its end. @see https://www.rfc-editor.org/rfc/rfc5214
  const [, , , , high, low] = address.parts;
  if ((high === 0 || high === 0x200) && low === 0x5efe) return 'forbidden';
  if (range === 'unicast' && !isInside(address, globalUnicast)) return 'forbidden';
  return kindOf(address);
}

function kindOf(address: Address): AddressKind {
  return kindByRange[address.range()] ?? 'forbidden';
}

function isInside(address: ipaddr.IPv6, prefix: string): boolean {
  return address.match(ipaddr.IPv6.parseCIDR(prefix));
}

function lastIPv4(address: ipaddr.IPv6): string {
  return address.toByteArray().slice(-4).join('.');
}
