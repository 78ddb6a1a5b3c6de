/** What a type's name says of its values, as far as any value for it has to be thought up. */
interface TypeClass {
  readonly named: RegExp
  /** The n-th value in several spellings, the likeliest first; all values of one spelling are different. */
  values(n: number, type: string): readonly unknown[]
}

/** For rules that ask for more than another column has, or for less. */
const distant = ['10', '20', '100', '1000', '0', '-1']

const two = (n: number): string => String((n % 28) + 1).padStart(2, '0')
const hex = (n: number, digits: number): string => (n + 1).toString(16).padStart(digits, '0')
const uuid = (n: number): string => `0190a0b0-0000-7000-8000-${hex(n, 12)}`
const day = (n: number): string => `2001-${two(Math.floor(n / 28) % 12)}-${two(n)}`

/** The first that a type's name fits; engines coerce texts to what they need, but for bytes. */
const classes: readonly TypeClass[] = [
  { named: /\[\]$/, values: (n, type) => valuesOf(type.slice(0, -2), n).map((value) => `{${String(value)}}`) },
  { named: /^(enum|set)\s*\(/, values: (n, type) => turned(textsIn(type), n) },
  { named: /^bool/, values: (n) => [String(n % 2)] },
  { named: /^(bit|tinyint\(1\))/, values: (n) => [n % 2, String(n % 2)] },
  { named: /^(uuid|uniqueidentifier)/, values: (n) => [uuid(n)] },
  { named: /^(json)/, values: (n) => [`{"sample":${n + 1}}`, `[${n + 1}]`] },
  { named: /(blob|binary|bytea)/, values: (n) => [new Uint8Array([n + 1, 0, 255]), new Uint8Array([n + 1])] },
  { named: /range$/, values: () => ['empty'] },
  { named: /^(interval)/, values: (n) => [`${n + 1} days`] },
  { named: /^(point)/, values: (n) => [`(${n + 1},2)`] },
  {
    named: /^(int|integer|smallint|bigint|tinyint|mediumint|serial|bigserial|oid|number)/,
    values: (n) => [String(n + 1), ...distant],
  },
  { named: /^(numeric|decimal|money|real|double|float|dec\b)/, values: (n, type) => numbers(n, type) },
  { named: /^(timestamp|datetime)/, values: (n) => [`${day(n)} 04:05:06`] },
  { named: /^date/, values: (n) => [day(n)] },
  { named: /^time/, values: (n) => [`04:${two(n)}:06`] },
  { named: /^year/, values: (n) => [String(2001 + n)] },
  { named: /^(inet|cidr)/, values: (n) => [`10.0.0.${n + 1}`] },
  { named: /^macaddr/, values: (n) => [`08:00:2b:01:02:${hex(n, 2)}`] },
  { named: /^xml/, values: (n) => [`<sample>${n + 1}</sample>`] },
  {
    named:
      /^(character|char|varchar|bpchar|nchar|nvarchar|native character|varying character|text|tinytext|mediumtext|longtext|clob|citext|name)/,
    values: texts,
  },
]

/** Without a fraction first, which every precision and scale has room for but those of fractions alone. */
function numbers(n: number, type: string): readonly unknown[] {
  const [, precision, scale] = /\((\d+)\s*,\s*(\d+)\)/.exec(type) ?? []
  const isFraction = precision !== undefined && precision === scale
  return isFraction ? [`0.${n + 1}`] : [String(n + 1), `0.${n + 1}`, ...distant]
}

/** As long as the type has room for; also what a check may want of a text. */
function texts(n: number, type: string): readonly unknown[] {
  const length = Number(/\((\d+)\)/.exec(type)?.[1] ?? Infinity)
  const all = [
    `sample ${n + 1}`,
    `s${n + 1}`,
    String(n + 1),
    String.fromCodePoint(97 + (n % 26)),
    day(n),
    `${day(n)}T04:05:06.000000Z`,
    `04:${two(n)}:06`,
    uuid(n),
    `{"sample":${n + 1}}`,
    `[${n + 1}]`,
    `sample${n + 1}@example.org`,
    `https://example.org/${n + 1}`,
  ]
  return all.filter((text) => text.length <= length)
}

/** The n-th values for a column of a type, as parameters. What is not known is tried as a text, a number, and bytes. */
export function valuesOf(type: string, n: number): readonly unknown[] {
  const lower = type.trim().toLowerCase()
  const known = classes.find(({ named }) => named.test(lower))
  return known === undefined ? [...texts(n, lower), new Uint8Array([n + 1])] : known.values(n, lower)
}

/** A type whose values others can be made of stands first: an integer is a number, and either is a text. */
export function narrownessOf(type: string): number {
  const lower = type.trim().toLowerCase()
  const order = [
    /^bool/,
    /^(tiny|small|medium|big)?int/,
    /^(numeric|decimal|real|double|float)/,
    /^date$/,
    /^(text|.*char)/,
  ]
  const at = order.findIndex((named) => named.test(lower))
  return at === -1 ? order.length - 1.5 : at
}

/** Texts that stand in an expression or a type: `enum('a','b')`, `status in ('new', 'old')`. */
export function textsIn(sql: string): readonly string[] {
  return [...sql.matchAll(/'((?:[^'\\]|''|\\.)*)'/g)].map(([, text = '']) => text.replaceAll("''", "'"))
}

/** Numbers that stand in an expression, and those beside them. */
export function numbersIn(sql: string): readonly string[] {
  const withoutTexts = sql.replaceAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`/g, ' ')
  return [...withoutTexts.matchAll(/(?<![\w.])-?\d+(?:\.\d+)?/g)].flatMap(([text]) => {
    const number = Number(text)
    return Number.isSafeInteger(number) ? [String(number), String(number + 1), String(number - 1)] : [text]
  })
}

/** The same list, begun at the n-th. */
export function turned<T>(list: readonly T[], n: number): readonly T[] {
  if (list.length === 0) return []
  const at = n % list.length
  return [...list.slice(at), ...list.slice(0, at)]
}
