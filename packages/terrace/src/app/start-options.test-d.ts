import { expectTypeOf, test } from 'vitest'
import type { AppOptions } from './create-app.ts'
import type { StartOptions } from './start-app.ts'

test('a start is given every option of the server but what its routes follow from', () => {
  expectTypeOf<StartOptions>().toHaveProperty('rateStore')
  expectTypeOf<AppOptions>().toHaveProperty('idempotency')
  expectTypeOf<StartOptions>().not.toHaveProperty('idempotency')
})
