import {
  listNode,
  sqlNode,
  wholeNumberOf,
  type Carrying,
  type DatePart,
  type DateUnit,
  type HelperRenderings,
  type JsonPath,
  type JsonType,
  type Temporal,
  type TemporalKind,
} from '../../database/index.ts'

type Node = Temporal['node']

const same: Carrying = { write: null, read: null }
const asText: Carrying = { write: (value) => sqlNode`cast(${value} as text)`, read: wholeNumberOf }

export const sqliteHelpers: HelperRenderings = {
  carried: {
    text: same,
    integer: same,
    whole: asText,
    decimal: asText,
    // Written with 17 digits.
    float: same,
    boolean: { write: null, read: Number },
    instant: same,
    microseconds: same,
    day: same,
    time: same,
    json: same,
    // hex() of NULL is an empty text.
    bytes: { write: (value) => sqlNode`iif(${value} is null, null, hex(${value}))`, read: bytesOf },
    // What comes out of a sub-query is text, whatever made it.
    rows: { write: (value) => sqlNode`json(${value})`, read: null },
  },
  row: (values) => listNode('json_array(', values),
  rows: (row) => sqlNode`json_group_array(${row})`,
  rowsIn: (json) => json,
  datePart,
  dateTrunc,
  // Its clock has milliseconds.
  clockMicros: sqlNode`(cast(round(unixepoch('subsec') * 1000) as integer) * 1000)`,
  canName: () => true,
  jsonPath,
  holds,
  concat: (texts) => listNode('(', texts, { separator: ' || ' }),
  textLength: (text) => sqlNode`length(${text})`,
  search: null,
}

/** Item by item, each of the same type: a text is no number. */
function holds(array: Node, items: Node): Node {
  const isHeld = sqlNode`exists (select 1 from json_each(${array}) as held where held.value = wanted.value and held.type = wanted.type)`
  const isMissing = sqlNode`exists (select 1 from json_each(${items}) as wanted where not ${isHeld})`
  return sqlNode`iif(${array} is null, null, not ${isMissing})`
}

function bytesOf(hex: string): Uint8Array {
  return new Uint8Array(Buffer.from(hex, 'hex'))
}

/**
 * What date functions take for the value. They round to milliseconds, by which the last microseconds of a year would be in the next:
 * of such texts the fraction is left out.
 */
const timeValues: { readonly [K in TemporalKind]: (node: Node) => Node } = {
  instant: (node) => sqlNode`${node} / 1000.0, 'unixepoch'`,
  microseconds: (node) => sqlNode`substr(${node}, 1, 19)`,
  day: (node) => node,
}

const timeValue = ({ kind, node }: Temporal): Node => timeValues[kind](node)

const partFormats: { readonly [K in Exclude<DatePart, 'quarter'>]: string } = {
  year: '%Y',
  month: '%m',
  day: '%d',
  hour: '%H',
  minute: '%M',
  second: '%S',
  isoYear: '%G',
  isoWeek: '%V',
  isoDayOfWeek: '%u',
  dayOfYear: '%j',
}

function datePart(part: DatePart, value: Temporal): Node {
  if (part === 'quarter') return sqlNode`((${numbered('%m', value)} + 2) / 3)`
  return numbered(partFormats[part], value)
}

const numbered = (format: string, value: Temporal): Node =>
  sqlNode([`cast(strftime('${format}', `, `) as integer)`], timeValue(value))

/** The beginning of the unit, as a format of the day and of the time. */
const unitFormats: { readonly [K in DateUnit]: readonly [day: string, time: string] } = {
  year: ['%Y-01-01', '00:00:00'],
  quarter: ['%Y-%m-%d', '00:00:00'],
  month: ['%Y-%m-01', '00:00:00'],
  isoWeek: ['%Y-%m-%d', '00:00:00'],
  day: ['%Y-%m-%d', '00:00:00'],
  hour: ['%Y-%m-%d', '%H:00:00'],
  minute: ['%Y-%m-%d', '%H:%M:00'],
  second: ['%Y-%m-%d', '%H:%M:%S'],
}

function dateTrunc(unit: DateUnit, value: Temporal): Node {
  const [day, time] = unitFormats[unit]
  const begun = moved(unit, value)
  if (value.kind === 'day') return formatted(day, begun)
  if (value.kind === 'microseconds') return formatted(`${day}T${time}.000000Z`, begun)
  return sqlNode`(unixepoch(${formatted(`${day}T${time}`, begun)}) * 1000)`
}

const formatted = (format: string, value: Node): Node => sqlNode([`strftime('${format}', `, ')'], value)

/** Units that no format cuts to are reached by modifiers. */
function moved(unit: DateUnit, value: Temporal): Node {
  const time = timeValue(value)
  // To the Sunday at the week's end, then back to its Monday.
  if (unit === 'isoWeek') return sqlNode`${time}, 'weekday 0', '-6 days'`
  if (unit !== 'quarter') return time
  return sqlNode`${time}, 'start of month', ((1 - ${numbered('%m', value)}) % 3) || ' months'`
}

function jsonPath({ document, steps, parameter }: JsonPath, type: JsonType): Node {
  const path = parameter(
    `$${steps.map(({ part }) => (typeof part === 'number' ? `[${part}]` : `.${JSON.stringify(part)}`)).join('')}`,
  )
  return jsonValues[type](document, path)
}

const jsonValues: { readonly [K in JsonType]: (document: Node, path: Node) => Node } = {
  text: (document, path) =>
    sqlNode`case json_type(${document}, ${path}) when 'text' then json_extract(${document}, ${path}) end`,
  number: (document, path) =>
    sqlNode`case when json_type(${document}, ${path}) in ('integer', 'real') then cast(json_extract(${document}, ${path}) as real) end`,
  boolean: (document, path) => sqlNode`case json_type(${document}, ${path}) when 'true' then 1 when 'false' then 0 end`,
  json: (document, path) =>
    sqlNode`case when json_type(${document}, ${path}) != 'null' then ${document} -> ${path} end`,
}
