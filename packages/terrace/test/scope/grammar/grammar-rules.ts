/** One way to write something: how often it is chosen among the others, and what is written. */
export interface Way {
  readonly weight: number
  readonly form: string
}

const way = (weight: number, form: string): Way => ({ weight, form })

/**
 * The grammar of the queries that are made by chance. `QueryMaker` chooses by these weights and by nothing else, so that what
 * stands in GRAMMAR.md is what is made.
 */
export const grammarRules = {
  query: {
    select: way(70, 'with? select ending?'),
    combined: way(15, 'with? select (setOperator select){1,3} ending?'),
    locked: way(4, 'select "t0".columns from table where? "for update" | "for share"'),
    star: way(8, 'with? "select t0.*" from source where? ending?'),
  },
  with: {
    none: way(70, ''),
    one: way(16, '"with" cte'),
    two: way(8, '"with" cte "," cte (the second may read the first)'),
    recursive: way(14, '"with recursive" cte'),
  },
  cteName: {
    own: way(70, 'a name of its own'),
    table: way(30, 'the name of a table, which it hides'),
  },
  cteStorage: {
    plain: way(80, ''),
    materialized: way(10, '"materialized" (where the engine has it)'),
    notMaterialized: way(10, '"not materialized" (where the engine has it)'),
  },
  recursiveStep: {
    tree: way(60, 'categories below the rows so far'),
    joined: way(35, 'categories below the rows so far, joined with their products'),
    counted: way(30, 'the same with a depth that is counted up to three, "union all"'),
  },
  setOperator: {
    union: way(3, '"union"'),
    unionAll: way(3, '"union all"'),
    intersect: way(2, '"intersect"'),
    except: way(2, '"except"'),
  },
  shape: {
    plain: way(44, '"select" value{1,4}'),
    distinct: way(9, '"select distinct" value{1,3}'),
    distinctOn: way(5, '"select distinct on" column (where the engine has it)'),
    grouped: way(20, '"select" group aggregate{1,2} "group by" group having?'),
    counted: way(6, '"select" aggregate{1,3}'),
    windowed: way(16, '"select" value{1,2} window{1,2}'),
  },
  source: {
    table: way(70, 'table "as" alias'),
    bare: way(8, 'table, under its own name'),
    cte: way(30, 'a common table expression "as" alias (where one is visible)'),
    derived: way(12, '"(" with? select limit? ")" "as" alias'),
    derivedUnion: way(5, '"(" select setOperator select limit? ")" "as" alias'),
  },
  joins: {
    none: way(30, ''),
    one: way(34, 'join'),
    two: way(22, 'join join'),
    three: way(12, 'join join join'),
    same: way(6, 'the same table, three times more'),
  },
  join: {
    inner: way(6, '"inner join" source "on" on'),
    left: way(12, '"left join" source "on" on'),
    right: way(5, '"right join" source "on" on'),
    full: way(4, '"full join" source "on" equality (where the engine has it)'),
    cross: way(2, '"cross join" source'),
    lateral: way(5, '("inner" | "left") "join lateral" "(" select ")" "on true" (where the engine has it)'),
  },
  on: {
    link: way(60, 'column "=" column'),
    condition: way(30, 'column "=" column "and" condition'),
    subQuery: way(10, 'column "=" column "and" a condition with a sub-query'),
  },
  condition: {
    compare: way(20, 'column ("=" | "!=" | "<" | "<=" | ">" | ">=") value'),
    columns: way(6, 'column ("=" | "!=") column of its kind'),
    isNull: way(9, 'column "is" "not"? "null"'),
    isTrue: way(6, 'column "is" "not"? ("true" | "false")'),
    between: way(6, 'column "between" value "and" value'),
    inList: way(7, 'column "not"? "in" "(" value{0,3} ")"'),
    inValues: way(3, 'column "in" "(" column "," value ")"'),
    tuples: way(4, '"(" column "," column ")" "in" "(" tuple{1,2} ")"'),
    distinctFrom: way(4, 'column "is" "not"? "distinct from" value'),
    computed: way(7, 'value of any kind ("=" | "!=") value'),
    and: way(5, 'condition "and" condition'),
    or: way(5, 'condition "or" condition'),
    not: way(5, '"not" condition'),
    parens: way(3, '"(" condition ")"'),
    exists: way(8, '"exists" "(" select ")", mostly with a column from around'),
    notExists: way(5, '"not exists" "(" select ")"'),
    inQuery: way(6, 'column "not"? "in" "(" select ")"'),
    tupleInQuery: way(3, '"(" column "," column ")" "in" "(" select ")"'),
    scalar: way(5, 'column ("=" | "!=") "(" the least, greatest or first of a query ")"'),
  },
  value: {
    column: way(62, 'column'),
    literal: way(5, 'a value'),
    case: way(6, '"case" ("when" condition "then" value){1,2} "else" value "end"'),
    simpleCase: way(3, '"case" column "when" value "then" value "else" value "end"'),
    coalesce: way(7, '"coalesce" "(" value "," (value | scalar sub-query) ")"'),
    nullif: way(3, '"nullif" "(" column "," value ")"'),
    text: way(5, '("lower" | "upper" | "trim") "(" text ")" | "substr" "(" text, 1, 3 ")" | "replace" "(" … ")"'),
    cast: way(7, '"cast" "(" column "as" ("text" | "integer" | "double precision") ")"'),
    arithmetic: way(22, 'number ("+" | "-" | "*" | "%" | "/") number'),
    minus: way(10, '"-" number'),
    abs: way(9, '"abs" "(" number ")"'),
    scalar: way(5, '"(" the least, greatest or first of a query ")"'),
  },
  aggregate: {
    countAll: way(5, '"count(*)"'),
    count: way(3, '"count" "(" column ")"'),
    countDistinct: way(3, '"count" "(" "distinct" column ")"'),
    extreme: way(5, '("min" | "max") "(" column ")"'),
    sum: way(3, '"sum" "(" number ")"'),
    average: way(3, '"avg" "(" number ")"'),
    filtered: way(4, 'count or sum "filter" "(" condition ")"'),
    ordered: way(4, 'sum "(" number "order by" column ")" (where the engine has it)'),
    computed: way(6, '"max" "(" (value | scalar sub-query) ")"'),
  },
  group: {
    column: way(70, 'column'),
    value: way(20, 'value, by its name'),
    scalar: way(16, 'scalar sub-query, by its name'),
  },
  having: {
    none: way(55, ''),
    count: way(20, '"count(*)" ">=" number'),
    condition: way(10, 'condition on what is grouped by'),
    subQuery: way(15, '"count(*)" ("=" | ">=") a scalar sub-query, or "exists" "(" select ")"'),
  },
  window: {
    place: way(4, '("rank" | "dense_rank") "()" over'),
    number: way(3, '"row_number()" over a total order'),
    share: way(2, '("percent_rank" | "cume_dist") "()" over'),
    tile: way(3, '"ntile(3)" over a total order'),
    beside: way(2, '("lag" | "lead" | "first_value" | "last_value") "(" column ")" over a total order'),
    figure: way(4, '("count" | "min" | "max") "(" column ")" over'),
  },
  part: {
    none: way(20, ''),
    column: way(60, '"partition by" column'),
    subQuery: way(20, '"partition by" a scalar sub-query'),
  },
  ending: {
    none: way(62, ''),
    ordered: way(10, 'order'),
    limited: way(16, 'order "limit" number'),
    offset: way(7, 'order "limit" number "offset" number'),
    fetch: way(5, 'order "fetch first" number "rows only"'),
  },
  order: {
    outputs: way(55, '"order by" every output'),
    nulls: way(15, '"order by" every output "nulls" ("first" | "last") (not of a union)'),
    value: way(12, '"order by" value, then every output (of a plain select)'),
    subQuery: way(20, '"order by" a scalar sub-query, then every output (of a plain select)'),
    collated: way(24, '"order by" text "collate" a name of the allow-list, then every output (of a plain select)'),
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Way>>>>

export type RuleName = keyof typeof grammarRules
export type WayOf<R extends RuleName> = keyof (typeof grammarRules)[R] & string

/** The file beside this one, made of the rules. */
export function grammarPage(): string {
  const rules = Object.entries(grammarRules).map(([name, ways]) => {
    const entries = Object.entries(ways) as [string, Way][]
    const sum = entries.reduce((total, [, { weight }]) => total + weight, 0)
    const lines = entries.map(([named, { weight, form }]) => {
      const share = `${Math.round((weight / sum) * 100)}`.padStart(3)
      return `${share} %  ${named.padEnd(16)} ${form === '' ? '(nothing)' : form}`
    })
    return [`## ${name}`, '', '```', ...lines, '```'].join('\n')
  })
  return [...heading, ...rules, ''].join('\n\n')
}

const heading = [
  '# The grammar of the queries made by chance',
  [
    'What `grammar-erasure` runs in a scope and, without one, on a copy from which other owners’ and deleted rows were removed.',
    'Each rule lists its ways with the share in which they are chosen where all of them are possible. A query nests others to a',
    'depth of three; a way that needs a deeper one is not chosen below. This page is written from `grammar-rules.ts`, which the',
    'maker chooses from, and a test holds the two together.',
  ].join('\n'),
]
