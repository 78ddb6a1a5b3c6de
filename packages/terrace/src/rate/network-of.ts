import { isIPv6 } from 'node:net'

/**
 * Whom an address belongs to: an IPv4 address as it is; of IPv6 the first 64 bits, since whoever has one address there has
 * 2^64 of them (RFC 6177).
 */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address
  const mapped = /^::ffff:([0-9.]+)$/i.exec(address)?.[1]
  if (mapped !== undefined) return mapped
  const [head = '', tail = ''] = (address.split('%')[0] as string).toLowerCase().split('::')
  const before = head === '' ? [] : head.split(':')
  const behind = tail === '' ? [] : tail.split(':')
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - behind.length) }, () => '0')
  return [...before, ...zeros, ...behind].slice(0, 4).join(':')
}
