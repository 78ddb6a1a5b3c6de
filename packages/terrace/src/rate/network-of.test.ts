import { expect, test } from 'vitest'
import { networkOf } from './network-of.ts'

test('of IPv6 the first 64 bits are one caller', () => {
  const table = {
    '192.0.2.1': '192.0.2.1',
    '::ffff:192.0.2.1': '192.0.2.1',
    '2001:db8:1:2:3:4:5:6': '2001:db8:1:2',
    '2001:DB8:1:2::9': '2001:db8:1:2',
    '2001:db8::1': '2001:db8:0:0',
    '::1': '0:0:0:0',
    'fe80::1%eth0': 'fe80:0:0:0',
  }
  for (const [address, network] of Object.entries(table))
    expect([address, networkOf(address)]).toEqual([address, network])
})
