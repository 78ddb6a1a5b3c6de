import { targets } from './compiling.ts'
import { columnNames, forEachOperand, operandsByName, type Make } from './meanings.ts'
import type { AnyDb, AnyEb } from './shop.ts'

export const selected = (make: Make) => (db: AnyDb) => db.selectFrom('kinds').select((eb) => make(eb).as('x') as never)
export const filtered = (make: Make) => (db: AnyDb) =>
  db
    .selectFrom('kinds')
    .select('kinds.id')
    .where((eb) => make(eb) as never)

export type Section = readonly [title: string, results: () => Readonly<Record<string, string>>]

const named = (names: readonly string[]): readonly (readonly [string, Make])[] =>
  names.map((name) => [name, operandsByName[name] as Make] as const)

/** One of each way to hold values, and those that are known by nothing. */
const lefts = named([
  ...columnNames,
  'a sum',
  'a text made',
  'a condition',
  'what an app made',
  'a tuple',
  '1',
  '"a"',
  'null',
])

const numbers = named([
  'id',
  'whole',
  'big',
  'cents',
  'mills',
  'part',
  'words',
  'a mean',
  'what an app made',
  '1',
  '1.5',
  'null',
])

const calculations: readonly Section[] = ['+', '-', '*', '/', '%'].flatMap((operator) =>
  numbers.map(([name, left]): Section => [
    `${name} ${operator} …`,
    () => forEachOperand((right) => selected((eb) => eb(left(eb), operator as '+', right(eb)) as never)),
  ]),
)

const comparisons: readonly Section[] = ['=', '<'].flatMap((operator) =>
  lefts.map(([name, left]): Section => [
    `${name} ${operator} …`,
    () => forEachOperand((right) => filtered((eb) => eb(left(eb), operator as '=', right(eb)) as never)),
  ]),
)

const others = named(['whole', 'caseless', 'isOpen', 'doc', 'a tuple', '1', 'null'])

const conditions: readonly Section[] = [
  '!=',
  '<>',
  '==',
  '<=',
  '>',
  '>=',
  'is',
  'is not',
  'is distinct from',
  'is not distinct from',
  'like',
  '||',
].flatMap((operator) =>
  others.map(([name, left]): Section => [
    `${name} ${operator} …`,
    () => forEachOperand((right) => filtered((eb) => eb(left(eb), operator as '=', right(eb)) as never)),
  ]),
)

const memberships: readonly Section[] = ['in', 'not in'].flatMap((operator) =>
  others.flatMap(([name, left]): readonly Section[] => [
    [
      `${name} ${operator} (…)`,
      () =>
        forEachOperand((right) => filtered((eb) => eb(left(eb), operator as 'in', [right(eb), right(eb)]) as never)),
    ],
    [
      `${name} ${operator} (select …)`,
      () =>
        forEachOperand((right) =>
          filtered(
            (eb) =>
              eb(
                left(eb),
                operator as 'in',
                eb.selectFrom('kinds as k').select((inner: AnyEb) => right(inner).as('y') as never),
              ) as never,
          ),
        ),
    ],
  ]),
)

const bounds: readonly Section[] = others.map(([name, left]) => [
  `${name} between … and …`,
  () =>
    forEachOperand((bound) =>
      filtered(
        (eb) =>
          eb.and([
            eb.between(left(eb), bound(eb), bound(eb)),
            eb.betweenSymmetric(left(eb), bound(eb), bound(eb)),
          ]) as never,
      ),
    ),
])

const united = named([
  'whole',
  'big',
  'cents',
  'part',
  'words',
  'caseless',
  'isOpen',
  'at',
  'doc',
  '1',
  '"a"',
  'null',
  'what an app made',
  'a sum',
])

const unions: readonly Section[] = united.flatMap(([name, left]): readonly Section[] => [
  [`coalesce(${name}, …)`, () => forEachOperand((right) => selected((eb) => eb.fn('coalesce', [left(eb), right(eb)])))],
  [
    `case … then ${name} else …`,
    () =>
      forEachOperand((right) =>
        selected((eb) => eb.case().when('isOpen', '=', true).then(left(eb)).else(right(eb)).end() as never),
      ),
  ],
  [
    `case … then ${name} else …, sorted where NULL is the largest`,
    () =>
      forEachOperand(
        (right) => (db) =>
          selected((eb) => eb.case().when('isOpen', '=', true).then(left(eb)).else(right(eb)).end() as never)(
            db,
          ).orderBy('x'),
        { target: targets.postgres },
      ),
  ],
  [
    `case ${name} when …`,
    () =>
      forEachOperand((right) =>
        selected(
          (eb) =>
            eb
              .case(left(eb) as never)
              .when(right(eb) as never)
              .then(1)
              .end() as never,
        ),
      ),
  ],
  [
    `${name} union …`,
    () =>
      forEachOperand(
        (right) => (db) =>
          selected(left)(db).union(
            (eb: AnyEb) => eb.selectFrom('kinds').select((inner: AnyEb) => right(inner).as('x') as never) as never,
          ),
      ),
  ],
  [
    `${name} union all …, sorted`,
    () =>
      forEachOperand(
        (right) => (db) =>
          selected(left)(db)
            .unionAll(
              (eb: AnyEb) => eb.selectFrom('kinds').select((inner: AnyEb) => right(inner).as('x') as never) as never,
            )
            .orderBy('x'),
      ),
  ],
])

/** What two operands mean beside each other. */
export const pairSections: readonly Section[] = [
  ...calculations,
  ...comparisons,
  ...conditions,
  ...memberships,
  ...bounds,
  ...unions,
]
