import { wireTypeOf } from '../../dto/index.ts'
import type { ColumnFact, ColumnKind, ColumnType, RuleFact } from '../../model/index.ts'

/** Values as they travel that a column may take, likely ones first; whether it does is for its validator to say. */
export function columnCandidates({ type, rules, itemRules }: ColumnFact): readonly unknown[] {
  if (type.kind !== 'array') return [...boundsFirst(type, rules), ...typical(type, rules)]
  const items = [...boundsFirst(type.item, itemRules), ...typical(type.item, itemRules)]
  return [...items.map((item) => [item]), []]
}

function typical(type: ColumnType, rules: readonly RuleFact[]): readonly unknown[] {
  const of = candidatesByKind[type.kind] as (type: ColumnType, rules: readonly RuleFact[]) => readonly unknown[]
  return of(type, rules)
}

type Candidates = {
  readonly [K in ColumnKind]: (type: Extract<ColumnType, { kind: K }>, rules: readonly RuleFact[]) => readonly unknown[]
}

const small = (): readonly unknown[] => [1, 10, 100, 0]

const candidatesByKind: Candidates = {
  uuid: () => ['0190b3c4-5d6e-7f80-9a1b-2c3d4e5f6071'],
  text: (_type, rules) => textCandidates(rules),
  integer: small,
  smallint: small,
  bigint: () => ['1', '100', '0'],
  identity: small,
  decimal: () => ['1', '0', '0.5', '0.1'],
  float: () => [1.5, 1, 0],
  boolean: () => [true],
  timestamp: ({ precision }) => [precision === 3 ? '2026-01-31T12:00:00.000Z' : '2026-01-31T12:00:00.000000Z'],
  date: () => ['2026-01-31'],
  time: () => ['12:00:00'],
  json: () => [{}],
  array: () => [[]],
  bytes: () => ['VGVycmFjZQ==', ''],
  oneOf: ({ values }) => values,
  native: () => ['text'],
}

/** The bounds of a range as they travel: where it is narrow, they are the only values that are known to be in it. */
function boundsFirst(type: ColumnType, rules: readonly RuleFact[]): readonly unknown[] {
  const { render } = wireTypeOf(type)
  return rules
    .flatMap((rule) => (rule.kind === 'range' ? [rule.min, rule.max] : []))
    .filter((bound) => bound !== null)
    .map(render)
}

/** Texts of the forms that patterns usually ask for. */
const commonForms = [
  'text',
  'a',
  'A',
  '1',
  'ABC',
  'abc-123',
  'ABC-123',
  'EUR',
  'DE',
  'en',
  'en-GB',
  '12345',
  '2026',
  '2026-01-31',
  '12:00',
  '1.0.0',
  '#336699',
  'https://example.com',
  'example.com',
  '+4930123456',
  '4006381333931',
] as const

function textCandidates(rules: readonly RuleFact[]): readonly unknown[] {
  if (rules.some(({ kind }) => kind === 'email')) return ['name@example.com', 'n@example.com']
  const listed = rules.flatMap((rule) => (rule.kind === 'oneOf' ? rule.values : []))
  const length = rules.find((rule) => rule.kind === 'length')
  const min = length?.min ?? 0
  const max = length?.max ?? Infinity
  const fitted = commonForms.map((form) =>
    form.repeat(Math.ceil(Math.max(min, 1) / form.length)).slice(0, Math.max(min, Math.min(max, form.length))),
  )
  return [...listed, ...commonForms, ...fitted, '']
}
