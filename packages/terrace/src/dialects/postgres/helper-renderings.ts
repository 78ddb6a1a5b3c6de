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
} from '../../database/index.ts'

type Node = Temporal['node']

const same: Carrying = { write: null, read: null }
const text = (value: Node): Node => sqlNode`cast(${value} as text)`
/** As the server writes it, which is what the driver reads too. */
const asText: Carrying = { write: text, read: null }

export const postgresHelpers: HelperRenderings = {
  carried: {
    text: same,
    integer: same,
    whole: { write: text, read: wholeNumberOf },
    decimal: asText,
    // What is no number is written as a text.
    float: { write: null, read: Number },
    boolean: same,
    instant: asText,
    microseconds: asText,
    day: asText,
    time: asText,
    json: asText,
    bytes: {
      write: (value) => sqlNode`encode(${value}, 'hex')`,
      read: (hex: string) => new Uint8Array(Buffer.from(hex, 'hex')),
    },
    rows: same,
  },
  row: (values) => listNode('json_build_array(', values),
  rows: (row) => sqlNode`coalesce(json_agg(${row}), '[]'::json)`,
  rowsIn: (json) => json,
  datePart,
  dateTrunc,
  clockMicros: sqlNode`cast(floor(extract(epoch from clock_timestamp()) * 1000000) as bigint)`,
  canName: () => true,
  jsonPath,
  holds: (array, items) => sqlNode`(${array} @> cast(${items} as jsonb))`,
  concat: (texts) => listNode('(', texts, { separator: ' || ' }),
  textLength: (value) => sqlNode`char_length(${value})`,
  search: (texts, words) => {
    const all = listNode(
      '',
      texts.map((value) => sqlNode`coalesce(${value}, '')`),
      { separator: ` || ' ' || `, closing: '' },
    )
    return sqlNode`(to_tsvector('simple', ${all}) @@ websearch_to_tsquery('simple', ${words}))`
  },
}

const fields: { readonly [K in DatePart]: string } = {
  year: 'year',
  quarter: 'quarter',
  month: 'month',
  day: 'day',
  hour: 'hour',
  minute: 'minute',
  second: 'second',
  isoYear: 'isoyear',
  isoWeek: 'week',
  isoDayOfWeek: 'isodow',
  dayOfYear: 'doy',
}

/** Seconds have a fraction. */
function datePart(part: DatePart, { kind, node }: Temporal): Node {
  const inUtc = kind === 'day' ? node : sqlNode`${node} at time zone 'UTC'`
  const whole = sqlNode([`cast(floor(extract(${fields[part]} from `, ')) as bigint)'], inUtc)
  // Other programs can have written infinity, which is no number of years.
  return sqlNode`case when isfinite(${node}) then ${whole} end`
}

function dateTrunc(unit: DateUnit, { kind, node }: Temporal): Node {
  const field = unit === 'isoWeek' ? 'week' : unit
  if (kind !== 'day') return sqlNode([`date_trunc('${field}', `, `, 'UTC')`], node)
  return sqlNode([`cast(date_trunc('${field}', cast(`, ' as timestamp)) as date)'], node)
}

/**
 * `->` with a text looks into objects only; with a number it also finds what is no array: a text or number is kept as an array of
 * one. So each such step asks for an array in front of it.
 */
function jsonPath({ document, steps }: JsonPath, type: JsonType): Node {
  const arrays: Node[] = []
  let value = document
  for (const { part, parameter } of steps) {
    if (typeof part === 'number') arrays.push(sqlNode`jsonb_typeof(${value}) = 'array'`)
    value = sqlNode(['(', ' -> cast(', ` as ${typeof part === 'number' ? 'integer' : 'text'}))`], value, parameter)
  }
  const isType = sqlNode(['jsonb_typeof(', `) ${jsonTests[type]}`], value)
  const condition = listNode('', [...arrays, isType], { separator: ' and ', closing: '' })
  // The server's own collation sorts by language.
  const read = type === 'text' ? sqlNode`(${value} #>> '{}') collate "C"` : jsonReads[type](value)
  return sqlNode`case when ${condition} then ${read} end`
}

const jsonTests: { readonly [K in JsonType]: string } = {
  text: `= 'string'`,
  number: `= 'number'`,
  boolean: `= 'boolean'`,
  json: `<> 'null'`,
}

const jsonReads: { readonly [K in Exclude<JsonType, 'text'>]: (value: Node) => Node } = {
  number: (value) => sqlNode`cast(${value} #>> '{}' as double precision)`,
  boolean: (value) => sqlNode`cast(${value} #>> '{}' as boolean)`,
  json: (value) => value,
}
