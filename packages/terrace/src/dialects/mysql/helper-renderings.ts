import {
  listNode,
  sqlNode,
  wholeNumberOf,
  type Capabilities,
  type Carrying,
  type DatePart,
  type DateUnit,
  type GatheredEnding,
  type HelperRenderings,
  type JsonStep,
  type JsonType,
  type Temporal,
} from '../../database/index.ts'

type Node = Temporal['node']

const same: Carrying = { write: null, read: null }
const text = (value: Node): Node => sqlNode`cast(${value} as char)`
const asText: Carrying = { write: text, read: null }

export function mysqlHelpers({ product }: Capabilities): HelperRenderings {
  return product === 'MariaDB' ? mariaDbHelpers : mysqlServerHelpers
}

const helpers: Omit<HelperRenderings, 'jsonPath'> = {
  carried: {
    text: same,
    integer: same,
    whole: { write: text, read: wholeNumberOf },
    decimal: asText,
    float: same,
    // A column gives 1, a comparison true.
    boolean: { write: null, read: Number },
    instant: asText,
    microseconds: asText,
    day: asText,
    time: asText,
    // Nested as a text: whether the server takes a value for JSON depends on where it comes from.
    json: asText,
    bytes: {
      write: (value) => sqlNode`hex(${value})`,
      read: (hex: string) => new Uint8Array(Buffer.from(hex, 'hex')),
    },
    rows: { write: (value) => sqlNode`json_extract(${value}, '$')`, read: null },
  },
  row: (values) => listNode('json_array(', values),
  rows,
  rowsIn: ([count, ...found]) => (found.length === count ? found : null),
  datePart,
  dateTrunc,
  clockMicros: sqlNode`cast(unix_timestamp(sysdate(6)) * 1000000 as signed)`,
  // MariaDB 10.11 finds no `$."-a"`, however it is written.
  canName: (property) => !property.startsWith('-'),
  holds: (array, items) => sqlNode`json_contains(${array}, ${items})`,
  concat: (texts) => listNode('concat(', texts),
  textLength: (value) => sqlNode`char_length(${value})`,
  // MATCH needs a FULLTEXT index over exactly these columns, and leaves out short and frequent words.
  search: null,
}

const mariaDbHelpers: HelperRenderings = { ...helpers, jsonPath: jsonPathIn('utf8mb4_nopad_bin') }
const mysqlServerHelpers: HelperRenderings = { ...helpers, jsonPath: jsonPathIn('utf8mb4_0900_bin') }

/**
 * The rows behind their number. What does not fit into `group_concat_max_len` or `max_allowed_packet` is cut off or becomes NULL with
 * no more than a warning: then the number does not agree, or the text is no JSON.
 */
function rows(row: Node, ending: GatheredEnding | null): Node {
  const list = sqlNode`group_concat(${gathered(row, ending)})`
  return sqlNode`coalesce(concat('[', ${counted(ending)}, coalesce(concat(',', nullif(${list}, '')), ''), ']'), 'cut')`
}

function gathered(row: Node, ending: GatheredEnding | null): Node {
  const { orderBy = null } = ending ?? {}
  const ordered = orderBy === null ? row : sqlNode`${row} ${orderBy}`
  const separated = sqlNode`${ordered} separator ','`
  return ending === null ? separated : sqlNode([``, limitOf(ending)], separated)
}

const longest = 18_446_744_073_709_551_615n

function limitOf({ limit, offset }: GatheredEnding): string {
  if (limit === null && offset === null) return ''
  return ` limit ${limit ?? longest} offset ${offset ?? 0}`
}

function counted(ending: GatheredEnding | null): Node {
  const { limit = null, offset = null } = ending ?? {}
  const behind = offset === null ? 'count(*)' : `greatest(count(*) - ${offset}, 0)`
  return sqlNode([limit === null ? behind : `least(${behind}, ${limit})`])
}

const partCalls: { readonly [K in DatePart]: (value: Node) => Node } = {
  year: (value) => sqlNode`year(${value})`,
  quarter: (value) => sqlNode`quarter(${value})`,
  month: (value) => sqlNode`month(${value})`,
  day: (value) => sqlNode`dayofmonth(${value})`,
  hour: (value) => sqlNode`hour(${value})`,
  minute: (value) => sqlNode`minute(${value})`,
  second: (value) => sqlNode`second(${value})`,
  // Mode 3: weeks of ISO 8601.
  isoYear: (value) => sqlNode`(yearweek(${value}, 3) div 100)`,
  isoWeek: (value) => sqlNode`week(${value}, 3)`,
  isoDayOfWeek: (value) => sqlNode`(weekday(${value}) + 1)`,
  dayOfYear: (value) => sqlNode`dayofyear(${value})`,
}

function datePart(part: DatePart, { node }: Temporal): Node {
  return partCalls[part](node)
}

/** Years are written with four digits: MAKEDATE would take 70 for 1970. */
const truncations: { readonly [K in DateUnit]: (value: Node) => Node } = {
  year: (value) => sqlNode`date_format(${value}, '%Y-01-01')`,
  quarter: (value) =>
    sqlNode`(cast(date_format(${value}, '%Y-01-01') as date) + interval (quarter(${value}) - 1) quarter)`,
  month: (value) => sqlNode`date_format(${value}, '%Y-%m-01')`,
  isoWeek: (value) => sqlNode`(cast(${value} as date) - interval weekday(${value}) day)`,
  day: (value) => sqlNode`date_format(${value}, '%Y-%m-%d')`,
  hour: (value) => sqlNode`date_format(${value}, '%Y-%m-%d %H:00:00')`,
  minute: (value) => sqlNode`date_format(${value}, '%Y-%m-%d %H:%i:00')`,
  second: (value) => sqlNode`date_format(${value}, '%Y-%m-%d %H:%i:%s')`,
}

const types = { instant: 'datetime(3)', microseconds: 'datetime(6)', day: 'date' } as const

function dateTrunc(unit: DateUnit, { kind, node }: Temporal): Node {
  return sqlNode(['cast(', ` as ${types[kind]})`], truncations[unit](node))
}

/** `$[0]` also finds what is no array: the value itself. So each such step asks for an array in front of it. */
function jsonPathIn(collation: string): HelperRenderings['jsonPath'] {
  return ({ document, steps, parameter }, type) => {
    const path = (end: number): Node => parameter(pathText(steps.slice(0, end)))
    const arrays = steps.flatMap(({ part }, at) =>
      typeof part === 'number' ? [sqlNode`json_type(json_extract(${document}, ${path(at)})) = 'ARRAY'`] : [],
    )
    const value = sqlNode`json_extract(${document}, ${path(steps.length)})`
    const isType = sqlNode([`json_type(`, `) ${jsonTests[type]}`], value)
    const condition = listNode('', [...arrays, isType], { separator: ' and ', closing: '' })
    const read = type === 'text' ? sqlNode(['json_unquote(', `) collate ${collation}`], value) : jsonReads[type](value)
    return sqlNode`case when ${condition} then ${read} end`
  }
}

function pathText(steps: readonly JsonStep[]): string {
  return `$${steps.map(({ part }) => (typeof part === 'number' ? `[${part}]` : `.${JSON.stringify(part)}`)).join('')}`
}

const jsonTests: { readonly [K in JsonType]: string } = {
  text: `= 'STRING'`,
  number: `in ('INTEGER', 'DOUBLE', 'UNSIGNED INTEGER', 'DECIMAL')`,
  boolean: `= 'BOOLEAN'`,
  json: `<> 'NULL'`,
}

const jsonReads: { readonly [K in Exclude<JsonType, 'text'>]: (value: Node) => Node } = {
  number: (value) => sqlNode`cast(${value} as double)`,
  boolean: (value) => sqlNode`(${value} = 'true')`,
  json: (value) => value,
}
