import { BlockList, isIP } from 'node:net'

/**
 * What a name of the public internet has no business to lead to. IANA's registries of special-purpose addresses (RFC 6890 and its
 * updates), and what clouds answer with secrets to whoever asks from within.
 */
const rangesOf4: readonly (readonly [range: string, bits: number, what: string])[] = [
  ['0.0.0.0', 8, 'an address of this host'],
  ['10.0.0.0', 8, 'a private address'],
  ['100.64.0.0', 10, 'an address of carrier-grade NAT'],
  ['127.0.0.0', 8, 'a loopback address'],
  ['168.63.129.16', 32, 'an address of a cloud’s own services'],
  ['169.254.0.0', 16, 'a link-local address'],
  ['172.16.0.0', 12, 'a private address'],
  ['192.0.0.0', 24, 'a reserved address'],
  ['192.0.2.0', 24, 'an address for documentation'],
  ['192.31.196.0', 24, 'a reserved address'],
  ['192.52.193.0', 24, 'a reserved address'],
  ['192.88.99.0', 24, 'a reserved address'],
  ['192.168.0.0', 16, 'a private address'],
  ['192.175.48.0', 24, 'a reserved address'],
  ['198.18.0.0', 15, 'an address for benchmarks'],
  ['198.51.100.0', 24, 'an address for documentation'],
  ['203.0.113.0', 24, 'an address for documentation'],
  ['224.0.0.0', 4, 'a multicast address'],
  ['240.0.0.0', 4, 'a reserved address'],
]

/** Within 2000::/3, outside of which nothing is public. */
const rangesOf6: readonly (readonly [range: string, bits: number, what: string])[] = [
  ['2001::', 23, 'a reserved address'],
  ['2001:db8::', 32, 'an address for documentation'],
  ['2002::', 16, 'an address of 6to4'],
  ['2620:4f:8000::', 48, 'a reserved address'],
  ['3fff::', 20, 'an address for documentation'],
]

const lists4 = rangesOf4.map(([range, bits, what]) => ({ list: blockList(range, bits, 'ipv4'), what }))
const lists6 = rangesOf6.map(([range, bits, what]) => ({ list: blockList(range, bits, 'ipv6'), what }))

function blockList(range: string, bits: number, family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList()
  list.addSubnet(range, bits, family)
  return list
}

/**
 * Why an address may not be connected to, in a few words; null for one of the public internet. Of an IPv6 address that stands for an
 * IPv4 one (mapped, NAT64) that one is judged. What is no address at all may not be connected to either.
 */
export function forbiddenRange(address: string): string | null {
  const family = isIP(address)
  if (family === 4) return lists4.find(({ list }) => list.check(address, 'ipv4'))?.what ?? null
  if (family !== 6) return 'no address'
  // A zone is of a link, which nobody else has.
  if (address.includes('%')) return 'a link-local address'
  return forbidden6(address)
}

function forbidden6(address: string): string | null {
  const groups = groupsOf(address)
  if (isAll(groups.slice(0, 7), 0) && (groups[7] ?? 0) <= 1) return 'a loopback address'
  const embedded = embedded4(groups)
  if (embedded !== null) return forbiddenRange(embedded)
  const first = groups[0] ?? 0
  if (first >= 0xff00) return 'a multicast address'
  if (first >= 0xfe80 && first <= 0xfebf) return 'a link-local address'
  if (first >= 0xfc00 && first <= 0xfdff) return 'a private address'
  // ISATAP: whatever its prefix, an interface that stands for an IPv4 address.
  if ([0x0000, 0x0200].includes(groups[4] ?? 0) && groups[5] === 0x5efe) return forbiddenRange(dotted(groups, 6))
  if (first < 0x2000 || first > 0x3fff) return 'a reserved address'
  return lists6.find(({ list }) => list.check(address, 'ipv6'))?.what ?? null
}

/** The IPv4 address behind one of IPv6: ::ffff:a.b.c.d, ::a.b.c.d (old), ::ffff:0:a.b.c.d (SIIT), 64:ff9b::a.b.c.d (RFC 6052). */
function embedded4(groups: readonly number[]): string | null {
  const isCompatible = isAll(groups.slice(0, 6), 0)
  const isMapped = isAll(groups.slice(0, 5), 0) && groups[5] === 0xffff
  const isTranslated = isAll(groups.slice(0, 4), 0) && groups[4] === 0xffff && groups[5] === 0
  const isNat64 = groups[0] === 0x64 && groups[1] === 0xff9b && isAll(groups.slice(2, 6), 0)
  return isCompatible || isMapped || isTranslated || isNat64 ? dotted(groups, 6) : null
}

const isAll = (groups: readonly number[], value: number): boolean => groups.every((group) => group === value)

function dotted(groups: readonly number[], at: number): string {
  const [high = 0, low = 0] = groups.slice(at, at + 2)
  return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.')
}

/** The eight groups of an IPv6 address in any spelling that `isIP` takes. */
function groupsOf(address: string): readonly number[] {
  // WHATWG writes every spelling in hexadecimal groups, a dotted end included.
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const missing = tail === undefined ? 0 : 8 - before.length - after.length
  return [...before, ...Array<string>(missing).fill('0'), ...after].map((group) => Number.parseInt(group, 16))
}
