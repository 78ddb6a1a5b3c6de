import { expect, test } from 'vitest'
import { columnFactsOf, timestamp } from '../../model/index.ts'
import { mysqlCodec } from './types.ts'

const [milliseconds, microseconds] = columnFactsOf({ at: timestamp(), exact: timestamp({ precision: 6 }) }).map(
  mysqlCodec,
)

// MariaDB compares coalesce(column, ?) with a column as instants or as texts, by how it chooses to run a sub-query.
test('an instant is sent as the server writes it, so that both are equal also where it compares them as texts', () => {
  expect(milliseconds?.encode?.(new Date('2026-01-02T03:01:05.678Z') as never)).toBe('2026-01-02 03:01:05.678')
  expect(microseconds?.encode?.('2026-01-02T03:01:05.678901Z' as never)).toBe('2026-01-02 03:01:05.678901')
})
