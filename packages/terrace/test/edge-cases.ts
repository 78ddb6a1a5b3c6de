/** One of the cases that structures go wrong in, by the number that test titles name: `[edge 6]`. */
export interface EdgeCase {
  readonly number: number
  readonly engines: 'SQLite' | 'PostgreSQL' | 'MySQL family' | 'all'
  readonly line: string
  /** Why it cannot arise; absent where tests show it. */
  readonly cannotArise?: string
}

type Line = readonly [number: number, line: string, cannotArise?: string]

function on(engines: EdgeCase['engines'], lines: readonly Line[]): readonly EdgeCase[] {
  return lines.map(([number, line, cannotArise]) => ({
    number,
    engines,
    line,
    ...(cannotArise === undefined ? {} : { cannotArise }),
  }))
}

const sqlite = on('SQLite', [
  [1, 'foreign_keys cannot be switched inside a transaction: it is silently kept'],
  [2, 'deferred foreign keys still cascade when a parent table is dropped'],
  [3, 'a view on the table makes dropping and renaming it fail'],
  [4, "renaming the old table away rewrites its children's references"],
  [5, 'triggers vanish with their table; those elsewhere that mention it stay'],
  [6, 'sqlite_sequence: a key that was handed out is not handed out again'],
  [
    7,
    'what ADD COLUMN refuses: NOT NULL without a default, defaults that are no constants, UNIQUE, PRIMARY KEY, STORED',
  ],
  [8, 'what DROP COLUMN refuses: keys, indexed columns, those a generated column, view, trigger or check uses'],
  [9, 'RENAME COLUMN rewrites views, triggers and generated columns'],
  [10, 'INT PRIMARY KEY is not INTEGER PRIMARY KEY'],
  [11, "affinity keeps '12abc' as text in an INTEGER column; STRICT refuses it"],
  [12, 'indexes that SQLite makes by itself belong to constraints'],
  [13, 'generated columns are read'],
  [14, 'foreign keys to tables that are not there'],
  [15, 'names that differ in case only are one name; those that begin with sqlite_ are reserved'],
  [16, 'BEGIN IMMEDIATE, and waiting while another process writes'],
  [17, 'dates, booleans, JSON and decimals have no types: the declared text is the record'],
  [18, 'virtual, FTS5 and shadow tables are not ours'],
])

const postgres = on('PostgreSQL', [
  [19, "defaults are printed with casts: 'foo'::character varying, '{1,2}'::integer[], jsonb reordered"],
  [20, 'DEFAULT NULL is no default'],
  [21, 'now() and CURRENT_TIMESTAMP'],
  [22, 'checks are rewritten: IN becomes = ANY, BETWEEN two comparisons, LIKE ~~'],
  [23, 'names are cut at 63 bytes, silently, and two may become one'],
  [24, 'renames leave the old names of constraints, indexes and sequences'],
  [
    25,
    'a value added to an enum cannot be used in the same transaction',
    'no step adds a value to a native enum: oneOf() is text with a check, and an enum that is there is opaque',
  ],
  [26, 'removing a value of an enum means another type, with arrays, generated columns, views and partial indexes'],
  [27, 'another type of a column with a default: drop the default, convert, set it again'],
  [28, 'conversions that need USING'],
  [29, 'a column that a generated column or a view uses'],
  [30, 'integer to bigint, for keys and their sequences'],
  [31, 'CONCURRENTLY refuses a transaction, and leaves an invalid index when it fails'],
  [32, 'NOT NULL through a check that is NOT VALID first and validated then'],
  [33, 'a volatile default rewrites the table'],
  [34, 'serial, identity and owned sequences'],
  [35, 'unique constraints and unique indexes, NULLS NOT DISTINCT, deferrable'],
  [36, 'PostgreSQL 18 names NOT NULL constraints'],
  [37, 'partitioned tables and their partitions'],
  [38, 'objects of extensions are invisible'],
  [39, "timestamp and timestamptz, and the session's zone"],
  [40, 'search_path and what introspection prints under it'],
  [41, 'names with upper case letters need quotes'],
  [42, 'an ALTER that waits behind a long SELECT blocks everyone'],
])

const mysql = on('MySQL family', [
  [43, 'every DDL statement commits'],
  [44, 'tinyint(1) is a boolean'],
  [45, 'JSON is longtext with a check on MariaDB'],
  [46, 'texts as defaults are printed quoted by MariaDB, bare by MySQL; DEFAULT_GENERATED'],
  [47, 'ON UPDATE CURRENT_TIMESTAMP(n); MODIFY forgets all that it does not repeat'],
  [48, 'the first TIMESTAMP of a table gets defaults of its own'],
  [49, 'each foreign key has an index, made for it where there is none, that cannot be dropped (1553)'],
  [50, 'RESTRICT and NO ACTION are one'],
  [51, 'an AUTO_INCREMENT column must be a key, added with it in one ALTER (1075, 1364)'],
  [52, 'columns of a key and its target: signedness, length and collation must match'],
  [53, 'lengths of key prefixes, 3072 bytes of a key, the size of a row'],
  [54, 'charsets and collations: defaults differ by server; inherited and explicit'],
  [55, 'lower_case_table_names'],
  [56, 'VIRTUAL and STORED'],
  [57, 'appending a value to an enum is instant, reordering renumbers'],
  [58, 'checks of a column and of a table'],
  [59, 'one name of a foreign key dropped and added in one ALTER'],
  [60, 'ALGORITHM and LOCK are asserted'],
  [61, 'names of at most 64 characters'],
  [62, 'outside of strict mode NULL becomes 0 and texts are cut'],
])

const all = on('all', [
  [63, 'references in circles and to the own table: create, drop, seed'],
  [64, 'two names that swap'],
  [65, 'table, column and index renamed in one step'],
  [66, 'names that change their case only'],
  [67, 'a unique rule on duplicates, a narrower type, a key on orphans: counted first, and rows shown'],
  [68, 'two starts at once, one of which dies'],
  [69, 'the old release runs on the new structure'],
  [70, 'a model that is gone: its table is kept and reported'],
  [71, 'reserved words, Unicode, quotes, dots, % and ? in names, defaults and comments'],
  [72, 'a crash between creating a table and seeding it'],
])

/** All of them, in their order. */
export const edgeCases: readonly EdgeCase[] = [...sqlite, ...postgres, ...mysql, ...all]
