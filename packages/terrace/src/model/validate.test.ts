import { existsSync, readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  actor,
  array,
  bigint,
  boolean,
  bytes,
  canonicalValue,
  columnFactsOf,
  compileValidator,
  date,
  decimal,
  float,
  graph,
  identity,
  integer,
  json,
  model,
  native,
  oneOf,
  owner,
  smallint,
  softDelete,
  text,
  time,
  timestamp,
  timestamps,
  uuid,
  validateRow,
  validateValue,
} from './index.ts'
import type { Column, ColumnFact } from './index.ts'

function factOf(column: Column): ColumnFact {
  const [fact] = columnFactsOf({ it: column })
  if (fact === undefined) throw new Error('no column')
  return fact
}

function codeOf(column: Column, value: unknown): string | null {
  const found = validateValue(factOf(column), value)
  return found === null ? null : `${found.code} ${found.path}`
}

const someUuid = '0190b3c4-5d6e-7f80-9a1b-2c3d4e5f6071'
const hole = Array.from({ length: 1 })
delete hole[0]

class Money {
  readonly cents = 5
}

type Group = readonly [
  type: string,
  column: Column,
  valid: readonly unknown[],
  invalid: readonly (readonly [string, ...unknown[]])[],
]

const groups: readonly Group[] = [
  [
    'uuid',
    uuid(),
    [someUuid, '00000000-0000-0000-0000-000000000000'],
    [['TYPE', someUuid.toUpperCase(), someUuid.replaceAll('-', ''), `{${someUuid}}`, `${someUuid}\n`, '', 1]],
  ],
  [
    'text',
    text(),
    ['', 'a'.repeat(100_000), '😀', 'e\u0301', ' \t\r\n\u200b'],
    [
      ['TYPE', 1, ['a'], new String('a')],
      ['TEXT', '\0', 'a\0b', '\ud83d', '\ude00\ud83d'],
    ],
  ],
  [
    'text of a length',
    text().length(2, 3),
    ['ab', '😀😀', '😀😀😀', 'a😀b'],
    [['LENGTH', '', 'a', '😀', 'abcd', '😀😀😀😀']],
  ],
  ['text by pattern', text().pattern(/^[a-z]+$/), ['abc'], [['PATTERN', '', 'aB', 'abc\n']]],
  [
    'an e-mail address',
    text().email(),
    ['a@b', 'first.last+tag@example.org', "!#$%&'*+/=?^_`{|}~-@x.y"],
    [['EMAIL', '', 'a', '@b', 'a@', 'a b@c', 'a@b..c', 'a@-b', `a@${'b'.repeat(64)}`, 'é@b', 'a@b\n']],
  ],
  [
    'oneOf',
    oneOf('small', 'large'),
    ['small'],
    [
      ['ONE_OF', '', 'Small', 'constructor'],
      ['TYPE', 1, ['small']],
    ],
  ],
  [
    'integer',
    integer(),
    [0, -0, -2_147_483_648, 2_147_483_647],
    [
      ['RANGE', -2_147_483_649, 2_147_483_648, 2 ** 53],
      ['TYPE', 0.5, Number.NaN, Infinity, '1', 1n, true],
    ],
  ],
  ['integer of a range', integer().range(0, 1000), [0, 1000], [['RANGE', -1, 1001]]],
  ['integer with an open end', integer().range(null, 5), [-2_147_483_648, 5], [['RANGE', 6]]],
  [
    'smallint',
    smallint(),
    [-32_768, 32_767],
    [
      ['RANGE', -32_769, 32_768],
      ['TYPE', 1.5],
    ],
  ],
  [
    'bigint',
    bigint(),
    [0n, -(2n ** 63n), 2n ** 63n - 1n],
    [
      ['RANGE', 2n ** 63n, -(2n ** 63n) - 1n],
      ['TYPE', 1, '1'],
    ],
  ],
  ['bigint of a range', bigint().range(1n, null), [1n, 2n ** 63n - 1n], [['RANGE', 0n]]],
  [
    'identity',
    identity(),
    [1, Number.MAX_SAFE_INTEGER],
    [
      ['RANGE', 0, -1, 2 ** 53],
      ['TYPE', 1.5, 1n],
    ],
  ],
  [
    'decimal',
    decimal(5, 2),
    ['0', '-0', '999.99', '-999.99', '1.5', '0.05'],
    [
      ['PRECISION', '1000', '0.001', '1.500'],
      ['TYPE', '', '.5', '5.', '+1', '01', '1e2', '1,5', ' 1', '1\n', 'NaN', 1.5, 1n],
    ],
  ],
  ['decimal below one', decimal(2, 2), ['0.99', '0'], [['PRECISION', '1', '0.999']]],
  [
    'decimal of a range',
    decimal(20, 2).range('0.10', '9007199254740993.00'),
    ['0.1', '9007199254740993'],
    [['RANGE', '0.09', '9007199254740993.01']],
  ],
  ['float', float(), [0, -0, 5e-324, Number.MAX_VALUE, -1.5], [['TYPE', Number.NaN, Infinity, -Infinity, '1', 1n]]],
  ['float of a range', float().range(0, 1), [0, 0.5, 1], [['RANGE', -0.1, 1.1]]],
  ['boolean', boolean(), [true, false], [['TYPE', 0, 1, 'true']]],
  [
    'timestamp',
    timestamp(),
    [new Date(0), new Date('0001-01-01T00:00:00Z'), new Date('9999-12-31T23:59:59.999Z')],
    [
      ['RANGE', new Date('0000-12-31T23:59:59.999Z'), new Date('+010000-01-01T00:00:00Z'), new Date(8.64e15)],
      ['TYPE', new Date(Number.NaN), 0, '2026-07-30T08:15:00Z'],
    ],
  ],
  [
    'timestamp in microseconds',
    timestamp({ precision: 6 }),
    ['2026-07-30T08:15:00Z', '2026-07-30T08:15:00.1Z', '2024-02-29T23:59:59.999999Z'],
    [
      [
        'TYPE',
        '2026-02-29T00:00:00Z',
        '2026-07-30T24:00:00Z',
        '2026-07-30T08:15:60Z',
        '2026-07-30T08:15:00.1234567Z',
        '2026-07-30T08:15:00+00:00',
        '2026-07-30 08:15:00Z',
        '0000-01-01T00:00:00Z',
        new Date(0),
      ],
    ],
  ],
  [
    'date',
    date(),
    ['0001-01-01', '2000-02-29', '9999-12-31'],
    [
      [
        'TYPE',
        '0000-01-01',
        '1900-02-29',
        '2026-13-01',
        '2026-04-31',
        '2026-00-10',
        '2026-1-1',
        '10000-01-01',
        '2026-07-30\n',
        new Date(0),
      ],
    ],
  ],
  [
    'time',
    time(),
    ['00:00:00', '23:59:59'],
    [['TYPE', '24:00:00', '08:15', '08:60:00', '08:15:60', '08:15:00.5', '8:15:00', '08:15:00\n']],
  ],
  [
    'bytes',
    bytes(),
    [new Uint8Array(), Buffer.from([0, 255])],
    [['TYPE', 'AA==', [1], new ArrayBuffer(1), new Uint16Array(1)]],
  ],
  ['native', native('tsvector'), [], [['READ_ONLY', 'x', 1, {}]]],
]

describe('validateValue()', () => {
  describe.each(groups)('of %s', (_, column, valid, invalid) => {
    it('allows what the column holds', () => {
      expect(valid.filter((value) => codeOf(column, value) !== null)).toEqual([])
    })

    it.each(invalid)('refuses with %s', (code, ...values) => {
      expect(values.map((value) => codeOf(column, value))).toEqual(values.map(() => `${code} /it`))
    })
  })

  it('allows null where it may be, and undefined nowhere', () => {
    expect(codeOf(integer().nullable(), null)).toBeNull()
    expect(codeOf(integer(), null)).toBe('NULL /it')
    expect(codeOf(integer().nullable(), undefined)).toBe('TYPE /it')
  })

  it('counts the folded text of a column without case', () => {
    const column = text().length(1, 20).ignoreCase()
    expect(codeOf(column, 'ﷺ')).toBeNull()
    expect(codeOf(column, 'ﷺﷺ')).toBe('LENGTH /it')
    expect(codeOf(text().length(1, 20), 'ﷺﷺ')).toBeNull()
  })

  it('checks each item of an array by its own type and rules', () => {
    const column = array(integer().range(0, 5))
    expect(codeOf(column, [0, 5])).toBeNull()
    expect(codeOf(column, [0, 6])).toBe('RANGE /it/1')
    expect(codeOf(column, [0, '1'])).toBe('TYPE /it/1')
    expect(codeOf(column, [null])).toBe('TYPE /it/0')
    expect(codeOf(column, hole)).toBe('TYPE /it/0')
    expect(codeOf(column, { length: 0 })).toBe('TYPE /it')
    expect(codeOf(array(text().length(1, 3)), ['four'])).toBe('LENGTH /it/0')
  })

  it('says what would be right, and never the value', () => {
    expect(validateValue(factOf(integer().range(0, 1000)), -1)).toEqual({
      path: '/it',
      code: 'RANGE',
      message: 'must be from 0 to 1000',
      zh: '必须在 0 到 1000 之间',
    })
    expect(validateValue(factOf(text().length(0, 3)), 'secret')?.message).toBe('must have at most 3 characters')
    expect(validateValue(factOf(oneOf('a', 'b')), 'secret')?.message).toBe('must be one of "a", "b"')
  })

  it('compiles one validator per column', () => {
    const fact = factOf(integer())
    expect(compileValidator(fact)).toBe(compileValidator(fact))
  })
})

describe('validateValue() of json', () => {
  const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)])
  const circle: Record<string, unknown> = {}
  circle['self'] = circle

  it.each([
    ['a string', 'é😀'],
    ['numbers', [0, -1.5, 5e-324, Number.MAX_VALUE]],
    ['an object without a prototype', Object.assign(Object.create(null) as object, { a: 1 })],
    ['keys of any name', JSON.parse('{"": 1, "__proto__": 2, "a/b~c": null}')],
    ['30 levels', nested(30)],
  ])('allows %s', (_, value) => {
    expect(codeOf(json(), value)).toBeNull()
  })

  it.each([
    ['TYPE /it/a', { a: undefined }],
    ['TYPE /it/0', [undefined]],
    ['TYPE /it/0', hole],
    ['TYPE /it/a/1', { a: [1, Number.NaN] }],
    ['TYPE /it/f', { f: () => 1 }],
    ['TYPE /it/0', [1n]],
    ['TYPE /it/at', { at: new Date(0) }],
    ['TYPE /it/0', [new Map()]],
    ['TYPE /it', new Money()],
    ['TYPE /it', Symbol('x')],
    ['TEXT /it/a~1b~0c', { 'a/b~c': '\0' }],
    ['TEXT /it/0', ['\ud800']],
    ['TEXT /it', { '\ud800': 1 }],
    [`DEPTH /it${'/0'.repeat(30)}`, nested(31)],
    [`DEPTH /it${'/self'.repeat(30)}`, circle],
  ])('refuses with %s', (code, value) => {
    expect(codeOf(json(), value)).toBe(code)
  })

  it('allows what JSON.parse gives, and whatever it allows comes back unchanged', () => {
    const column = factOf(json().nullable())
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 5, stringUnit: 'grapheme' }),
        (value) => validateValue(column, value) === null || hasNul(value),
      ),
    )
    fc.assert(
      fc.property(
        fc.anything({ maxDepth: 3, withNullPrototype: true, withDate: true, withSparseArray: true }),
        (value) => {
          fc.pre(validateValue(column, value) === null)
          expect(JSON.parse(JSON.stringify(value))).toStrictEqual(canonicalValue(column, value))
        },
      ),
    )
  })
})

function hasNul(value: unknown): boolean {
  return JSON.stringify(value).includes('\\u0000')
}

const naughty = new URL('../../../../../shared/corpora/blns/blns.json', import.meta.url)

describe.skipIf(!existsSync(naughty))(
  'validateValue() of naughty strings (skipped where the corpus is not beside the repository)',
  () => {
    const strings = existsSync(naughty) ? (JSON.parse(readFileSync(naughty, 'utf8')) as readonly string[]) : []

    it('judges every string without throwing, and text allows all that are well-formed and free of U+0000', () => {
      const columns = [
        text(),
        text().length(1, 10),
        text().email(),
        uuid(),
        decimal(9, 2),
        date(),
        time(),
        timestamp({ precision: 6 }),
        oneOf('a'),
        json(),
      ]
      expect(strings.length).toBeGreaterThan(400)
      for (const column of columns) for (const value of strings) expect(() => codeOf(column, value)).not.toThrow()
      const refused = strings.filter((value) => codeOf(text(), value) !== null)
      expect(refused).toEqual(strings.filter((value) => value.includes('\0') || !value.isWellFormed()))
    })
  },
)

describe('validateRow()', () => {
  const Device = model('devices', { id: text().length(1, 100).primaryKey() }, { access: actor() })
  const Product = model('products', {
    id: uuid().primaryKey(),
    deviceId: owner(Device),
    name: text().length(1, 5),
    code: text().length(1, 5).immutable(),
    kcal: integer().range(0, 9).default(0),
    note: text().nullable(),
    search: native('tsvector'),
    ...timestamps(),
    ...softDelete(),
  })
  const { fact } = graph({ Device, Product }).Product
  const found = (values: Record<string, unknown>, mode: 'insert' | 'update'): readonly string[] =>
    validateRow(fact, values, mode).map(({ code, path }) => `${code} ${path}`)

  it('allows what an insert and an update take', () => {
    expect(found({ name: 'a', code: 'b' }, 'insert')).toEqual([])
    expect(found({ id: someUuid, deviceId: 'd', name: 'a', code: 'b', kcal: 1, note: null }, 'insert')).toEqual([])
    expect(found({}, 'update')).toEqual([])
    expect(found({ name: 'a', note: null }, 'update')).toEqual([])
  })

  it('reports every column and every unknown name', () => {
    expect(found({ name: 'too long', kcal: -1, note: undefined, nmae: 'x', constructor: 1 }, 'insert')).toEqual([
      'LENGTH /name',
      'REQUIRED /code',
      'RANGE /kcal',
      'TYPE /note',
      'UNKNOWN /nmae',
      'UNKNOWN /constructor',
    ])
    expect(validateRow(fact, { nmae: 'x' }, 'update')).toEqual([
      {
        path: '/nmae',
        code: 'UNKNOWN',
        message: 'is no column of Product; did you mean name?',
        zh: '不是 Product 的列；是否指 name？',
      },
    ])
  })

  it('keeps to Terrace what Terrace stamps, and set once what is', () => {
    const now = new Date(0)
    expect(found({ createdAt: now, updatedAt: now, deletedAt: null, deletionId: null, search: 'x' }, 'update')).toEqual(
      [
        'READ_ONLY /search',
        'READ_ONLY /createdAt',
        'READ_ONLY /updatedAt',
        'READ_ONLY /deletedAt',
        'READ_ONLY /deletionId',
      ],
    )
    expect(found({ id: someUuid, deviceId: 'd', code: 'b' }, 'update')).toEqual([
      'IMMUTABLE /id',
      'IMMUTABLE /deviceId',
      'IMMUTABLE /code',
    ])
  })

  it('reads own properties only', () => {
    expect(found(Object.create({ name: 'a', code: 'b' }) as Record<string, unknown>, 'insert')).toEqual([
      'REQUIRED /name',
      'REQUIRED /code',
    ])
  })
})
