import { expect, test } from 'vitest'
import type { ColumnShape, TableShape } from '../../schema/index.ts'
import { createSchemaDialect } from './index.ts'

const { conversions } = createSchemaDialect({ product: 'MariaDB', version: '10.11.6' })

const column: ColumnShape = {
  name: 'a',
  type: 'int',
  nullable: true,
  default: null,
  generated: null,
  identity: null,
  collation: null,
  comment: null,
  isOpaque: false,
  source: null,
}

const table: TableShape = {
  name: 't',
  comment: null,
  options: { engine: 'InnoDB' },
  columns: [column],
  primaryKey: null,
  uniques: [],
  indexes: [],
  foreignKeys: [],
  checks: [],
  source: null,
}

function convert(from: Partial<ColumnShape>, to: Partial<ColumnShape>): string {
  const sides = { live: { ...column, ...from }, wanted: { ...column, ...to }, table: { live: table, wanted: table } }
  const conversion = conversions.column(sides, '`a`')
  return conversion.kind === 'checked' ? conversion.offending : conversion.kind
}

test.each([
  ['int', 'bigint', 'lossless'],
  ['int', 'smallint', '`a` not between -32768 and 32767'],
  ['int unsigned', 'int', '`a` not between -2147483648 and 2147483647'],
  ['tinyint(1)', 'smallint', 'lossless'],
  ['int', 'decimal(8,2)', '`a` not between -999999 and 999999'],
  ['int', 'varchar(11)', 'lossless'],
  ['int', 'double', 'lossless'],
  ['bigint', 'double', 'lossy'],
  ['decimal(8,2)', 'decimal(10,3)', 'lossless'],
  ['decimal(10,3)', 'decimal(8,2)', 'lossy'],
  ['decimal(10,2)', 'decimal(8,2)', 'abs(`a`) >= 1000000'],
  ['decimal(8,2)', 'int', 'lossy'],
  ['decimal(8,0)', 'smallint', '`a` not between -32768 and 32767'],
  ['float', 'double', 'lossy'],
  ['varchar(10)', 'varchar(20)', 'lossless'],
  ['varchar(20)', 'varchar(10)', 'char_length(`a`) > 10'],
  ['longtext', 'varchar(10)', 'char_length(`a`) > 10'],
  ['longtext', 'text', 'length(`a`) > 65535'],
  ['varchar(10)', 'char(10)', 'lossy'],
  ['char(10)', 'varchar(10)', 'lossless'],
  ['varchar(10)', 'int', 'lossy'],
  ['longtext', 'json', 'not json_valid(`a`)'],
  ['datetime(3)', 'datetime(6)', 'lossless'],
  ['datetime(6)', 'datetime(3)', 'lossy'],
  ['timestamp(3)', 'datetime(3)', 'lossless'],
  ['date', 'datetime', 'lossless'],
  ['datetime', 'date', 'lossy'],
  ['varbinary(20)', 'varbinary(10)', 'length(`a`) > 10'],
  ['point', 'int', 'impossible'],
  ['int invisible', 'int', 'lossless'],
])('%s becomes %s: %s', (from, to, expected) => {
  expect(convert({ type: from }, { type: to })).toBe(expected)
})

test('[edge 57] choices are kept by their texts: appended and reordered ones lose nothing, missing ones are counted', () => {
  expect(convert({ type: "enum('a','b')" }, { type: "enum('a','b','c')" })).toBe('lossless')
  expect(convert({ type: "enum('a','b')" }, { type: "enum('b','a')" })).toBe('lossless')
  expect(convert({ type: "enum('a','it''s')" }, { type: "enum('a')" })).toBe(
    "cast(convert(`a` using utf8mb4) as binary) not in (cast('a' as binary))",
  )
  expect(convert({ type: "enum('a','it''s')" }, { type: 'varchar(4)' })).toBe('lossless')
})

test('[edge 54] a text stays what it is in a collation that tells as much apart, and not in one that tells less', () => {
  const texts = (from: string, to: string): string =>
    convert({ type: 'varchar(9)', collation: from }, { type: 'varchar(9)', collation: to })
  expect(texts('utf8mb4_general_ci', 'utf8mb4_bin')).toBe('lossless')
  expect(texts('utf8mb4_bin', 'utf8mb4_nopad_bin')).toBe('lossless')
  expect(texts('latin1_swedish_ci', 'utf8mb4_nopad_bin')).toBe('lossless')
  expect(texts('utf8mb4_nopad_bin', 'utf8mb4_bin')).toBe('lossy')
  expect(texts('utf8mb4_bin', 'utf8mb4_general_ci')).toBe('lossy')
  expect(texts('utf8mb4_bin', 'ascii_bin')).toContain('convert(`a` using ascii)')
})

test('an engine without foreign keys loses them, and what is inserted is not what is updated', () => {
  const sides = { live: table, wanted: { ...table, options: { engine: 'MyISAM' } } }
  expect(conversions.options(sides).kind).toBe('lossy')
  const fallback = 'current_timestamp(3) on update current_timestamp(3)'
  expect(conversions.valueWhenAdded({ ...column, default: fallback })).toBe('current_timestamp(3)')
  expect(conversions.valueWhenAdded({ ...column, default: 'on update current_timestamp()' })).toBe('null')
})
