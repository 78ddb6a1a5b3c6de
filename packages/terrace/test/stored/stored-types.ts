import type { EngineName } from '../../src/testing/servers.ts'

/** A column of others, what is stored in it, and what a model must say to read and write that. */
export interface StoredType {
  /** As it stands behind the column's name in CREATE TABLE. */
  readonly sql: string
  readonly table?: string
  /** As messages write it, or `native(…)`. */
  readonly declared: string
  /** SQL of the values, one for each row, and what the DAO reads. */
  readonly values: readonly (readonly [sql: string, read: unknown])[]
  /** SQL of values that the type does not have. */
  readonly offending?: readonly string[]
  readonly default?: unknown
  readonly note?: RegExp
}

interface Engine {
  readonly before?: readonly string[]
  /** By table, what stands before the columns and behind the list. */
  readonly tables: Readonly<Record<string, readonly [key: string, suffix: string]>>
  /** The value of a column in one text, exactly. */
  readonly exactly: (column: string) => string
  readonly types: readonly StoredType[]
}

const bytes = (...values: readonly number[]): Uint8Array => new Uint8Array(values)

const now = { kind: 'now' }
const value = (given: unknown): unknown => ({ kind: 'value', value: given })

const sqlite: Engine = {
  tables: {
    things: ['id integer not null primary key', ''],
    strict_things: ['id integer not null primary key', ' strict'],
  },
  exactly: (column) => `typeof(${column}) || ':' || quote(${column})`,
  types: [
    {
      sql: 'varchar(160)',
      declared: 'unbounded text',
      values: [
        ["'Motörhead'", 'Motörhead'],
        ["''", ''],
        ["'12'", '12'],
      ],
      offending: ["x'00'"],
    },
    { sql: "nvarchar(10) default 'a''b'", declared: 'unbounded text', values: [["'x'", 'x']], default: value("a'b") },
    { sql: 'text', declared: 'unbounded text', values: [["'x'", 'x']] },
    {
      sql: 'int default -7',
      declared: 'bigint',
      values: [
        ['9223372036854775807', 2n ** 63n - 1n],
        ['-1', -1n],
      ],
      offending: ["'abc'", '1.5'],
      default: value(-7n),
    },
    { sql: 'unsigned big int', declared: 'bigint', values: [['3', 3n]] },
    {
      sql: 'tinyint(1)',
      declared: 'bigint',
      values: [
        ['1', 1n],
        ['7', 7n],
      ],
    },
    {
      sql: 'integer check ({} in (0, 1))',
      declared: 'boolean',
      values: [
        ['1', true],
        ['0', false],
      ],
    },
    { sql: 'integer check ({} between -32768 and 32767)', declared: 'smallint', values: [['-32768', -32768]] },
    { sql: 'integer check ({} between -2147483648 and 2147483647)', declared: 'integer', values: [['77', 77]] },
    {
      sql: 'integer check ({} / 100 between -99999 and 99999)',
      declared: 'decimal(7, 2)',
      values: [
        ['1250', '12.50'],
        ['-1', '-0.01'],
      ],
    },
    {
      sql: 'double precision default 1.5',
      declared: 'float',
      values: [
        ['0.1', 0.1],
        ['3', 3],
      ],
      offending: ["'x'"],
      default: value(1.5),
    },
    {
      sql: 'numeric(10,2)',
      declared: 'float',
      values: [
        ['0.99', 0.99],
        ['5', 5],
        ['-12345.67', -12345.67],
      ],
      offending: ["'x'", '9007199254740993'],
      note: /double/,
    },
    { sql: 'decimal', declared: 'float', values: [['1e300', 1e300]] },
    {
      sql: 'datetime default current_timestamp',
      declared: 'unbounded text',
      values: [["'2009-01-01 00:00:00'", '2009-01-01 00:00:00']],
      offending: ['20090101', '1.5'],
      default: null,
      note: /DATETIME kept as text/,
    },
    { sql: 'date', declared: 'unbounded text', values: [["'2009-01-01'", '2009-01-01']] },
    {
      sql: 'boolean',
      declared: 'smallint',
      values: [
        ['1', 1],
        ['0', 0],
      ],
      offending: ["'yes'", '40000'],
      note: /0 or 1/,
    },
    { sql: 'boolean check ({} in (0, 1))', declared: 'boolean', values: [['1', true]] },
    { sql: 'blob', declared: 'bytes', values: [["x'00ff'", bytes(0, 255)]], offending: ["'x'"] },
    { sql: 'text check (json_valid({}))', declared: 'json', values: [[`'{"a":[1,null]}'`, { a: [1, null] }]] },
    {
      sql: '',
      declared: 'native(any)',
      values: [
        ["'x'", 'x'],
        ['1', 1],
        ["x'01'", bytes(1)],
      ],
    },
    { sql: 'any', declared: 'float', values: [['1.5', 1.5]] },
    {
      table: 'strict_things',
      sql: 'any',
      declared: 'native(any)',
      values: [
        ["'x'", 'x'],
        ['1.5', 1.5],
      ],
    },
    { table: 'strict_things', sql: 'text', declared: 'unbounded text', values: [["'x'", 'x']] },
    { table: 'strict_things', sql: 'int', declared: 'bigint', values: [['9007199254740993', 9007199254740993n]] },
    {
      table: 'strict_things',
      sql: 'real',
      declared: 'float',
      values: [
        ['0.1', 0.1],
        ['3', 3],
      ],
    },
    { table: 'strict_things', sql: 'blob', declared: 'bytes', values: [["x'01'", bytes(1)]] },
    {
      table: 'strict_things',
      sql: 'integer generated always as (1 + 1) stored',
      declared: 'native(INTEGER)',
      values: [],
      note: /computed/,
    },
  ],
}

const postgres: Engine = {
  before: [
    `create type mood as enum ('sad', 'it''s ok', 'back\\slash')`,
    'create domain year as integer default 2000 constraint year_check check (value between 1901 and 2155)',
    `create domain "Odd name" as character varying(9) not null default 'x'`,
    'create extension if not exists citext',
  ],
  tables: { things: ['id integer not null primary key', ''] },
  exactly: (column) => `${column}::text`,
  types: [
    { sql: 'smallint default 3', declared: 'smallint', values: [['-32768', -32768]], default: value(3) },
    { sql: 'integer default -1', declared: 'integer', values: [['2147483647', 2147483647]], default: value(-1) },
    {
      sql: 'bigint',
      declared: 'bigint',
      values: [
        ['9223372036854775807', 2n ** 63n - 1n],
        ['5', 5n],
      ],
    },
    {
      sql: 'numeric(10,2) default 0.00',
      declared: 'decimal(10, 2)',
      values: [['12.50', '12.50']],
      offending: ["'NaN'"],
      default: value('0.00'),
    },
    {
      sql: 'numeric',
      declared: 'unbounded text',
      values: [
        ['12.50', '12.50'],
        ['1e40', `1${'0'.repeat(40)}`],
        ["'NaN'", 'NaN'],
        ['-0.000000000000000000001', '-0.000000000000000000001'],
      ],
      note: /numeric/,
    },
    {
      sql: 'real',
      declared: 'float',
      values: [
        ['0.1', 0.1],
        ['16777216', 16777216],
        ['3.4028235e38', 3.4028235e38],
      ],
      offending: ["'NaN'"],
      note: /rounds/,
    },
    {
      sql: 'double precision',
      declared: 'float',
      values: [
        ['0.1', 0.1],
        ['1e308', 1e308],
      ],
      offending: ["'Infinity'", "'-Infinity'"],
    },
    {
      sql: 'boolean default true',
      declared: 'boolean',
      values: [
        ['true', true],
        ['false', false],
      ],
      default: value(true),
    },
    { sql: 'text', declared: 'unbounded text', values: [["'a b '", 'a b ']] },
    {
      sql: "character varying(20) default 'it''s'",
      declared: 'text(20)',
      values: [["'é'", 'é']],
      default: value("it's"),
    },
    { sql: 'character varying', declared: 'unbounded text', values: [["'x'", 'x']] },
    { sql: 'character(5)', declared: 'text(5)', values: [["'ab'", 'ab   ']], note: /spaces/ },
    { sql: 'citext', declared: 'unbounded text', values: [["'MiXed'", 'MiXed']], note: /without case/ },
    {
      sql: 'uuid',
      declared: 'uuid',
      values: [["'0190B3C4-5D6E-7F80-9A1B-2C3D4E5F6071'", '0190b3c4-5d6e-7f80-9a1b-2c3d4e5f6071']],
    },
    {
      sql: 'date',
      declared: 'date',
      values: [["'2024-02-29'", '2024-02-29']],
      offending: ["'infinity'", "'0001-01-01 BC'", "'10000-01-01'"],
    },
    { sql: 'time', declared: 'time', values: [["'23:59:59'", '23:59:59']], offending: ["'24:00'", "'10:00:00.5'"] },
    {
      sql: 'timestamp',
      declared: 'text(32)',
      values: [
        ["'2024-02-29 10:20:30.123456'", '2024-02-29 10:20:30.123456'],
        ["'0044-03-15 00:00:00 BC'", '0044-03-15 00:00:00 BC'],
        ["'infinity'", 'infinity'],
      ],
      note: /no instant/,
    },
    {
      sql: 'timestamp(3) default current_timestamp',
      declared: 'text(32)',
      values: [["'2024-02-29 10:20:30.123'", '2024-02-29 10:20:30.123']],
      default: null,
    },
    {
      sql: 'timestamptz default now()',
      declared: 'timestamp(6)',
      values: [["'2024-02-29 10:20:30.123456+02'", '2024-02-29T08:20:30.123456Z']],
      offending: ["'infinity'", "'0044-03-15 00:00:00 BC'"],
      default: now,
    },
    {
      sql: 'timestamptz(3) default current_timestamp',
      declared: 'timestamp',
      values: [["'2024-02-29 10:20:30.123+00'", new Date('2024-02-29T10:20:30.123Z')]],
      default: now,
    },
    {
      sql: 'timestamptz(0)',
      declared: 'timestamp',
      values: [["'2024-02-29 10:20:30+00'", new Date('2024-02-29T10:20:30Z')]],
      note: /rounds/,
    },
    { sql: 'json', declared: 'json', values: [[`'{"b":1,"a":[true]}'`, { b: 1, a: [true] }]], note: /spaces/ },
    { sql: 'jsonb', declared: 'json', values: [[`'{"b":1,"a":[true]}'`, { b: 1, a: [true] }]] },
    { sql: 'bytea', declared: 'bytes', values: [["'\\x00ff'", bytes(0, 255)]] },
    {
      sql: `mood default 'sad'`,
      declared: `oneOf("sad", "it's ok", "back\\\\slash")`,
      values: [
        ["'sad'", 'sad'],
        ["'it''s ok'", "it's ok"],
        ["'back\\slash'", 'back\\slash'],
      ],
      default: value('sad'),
    },
    { sql: 'year', declared: 'integer', values: [['1999', 1999]], note: /domain year/ },
    { sql: `"Odd name" default 'y'`, declared: 'text(9)', values: [["'abc'", 'abc']], default: value('y') },
    {
      sql: 'inet',
      declared: 'text(49)',
      values: [
        ["'192.168.0.1'", '192.168.0.1'],
        ["'10.0.0.0/8'", '10.0.0.0/8'],
        ["'::ffff:1.2.3.4/128'", '::ffff:1.2.3.4'],
      ],
    },
    { sql: 'macaddr', declared: 'text(17)', values: [["'08002b:010203'", '08:00:2b:01:02:03']] },
    { sql: 'money', declared: 'native(money)', values: [["'12.50'", '$12.50']], note: /read only/ },
    { sql: 'integer[]', declared: 'native(integer[])', values: [["'{1,2}'", '{1,2}']] },
    { sql: 'interval', declared: 'native(interval)', values: [["'1 day'", '1 day']] },
    { sql: 'tsvector', declared: 'native(tsvector)', values: [["'a b'", "'a' 'b'"]] },
    { sql: 'xml', declared: 'native(xml)', values: [["'<a/>'", '<a/>']] },
    { sql: 'point', declared: 'native(point)', values: [["'(1,2)'", '(1,2)']] },
    { sql: 'bit(3)', declared: 'native(bit(3))', values: [["B'101'", '101']] },
    { sql: 'int4range', declared: 'native(int4range)', values: [["'[1,5)'", '[1,5)']] },
    { sql: 'integer generated always as (1 + 1) stored', declared: 'native(integer)', values: [], note: /computed/ },
  ],
}

const mysql: Engine = {
  tables: { things: ['id integer not null primary key', ' character set utf8mb4'] },
  exactly: (column) => `concat(hex(cast(${column} as binary)), '')`,
  types: [
    {
      sql: 'tinyint(1)',
      declared: 'smallint',
      values: [
        ['1', 1],
        ['2', 2],
        ['-128', -128],
      ],
    },
    {
      sql: 'tinyint(1) default 1 check ({} in (0, 1))',
      declared: 'boolean',
      values: [
        ['1', true],
        ['0', false],
      ],
      default: value(true),
    },
    { sql: 'tinyint unsigned', declared: 'smallint', values: [['255', 255]] },
    { sql: 'smallint default -3', declared: 'smallint', values: [['-32768', -32768]], default: value(-3) },
    { sql: 'smallint unsigned', declared: 'integer', values: [['65535', 65535]] },
    { sql: 'mediumint unsigned', declared: 'integer', values: [['16777215', 16777215]] },
    { sql: 'int(11)', declared: 'integer', values: [['-2147483648', -2147483648]] },
    {
      sql: 'int(5) unsigned zerofill',
      declared: 'bigint',
      values: [
        ['7', 7n],
        ['4294967295', 4294967295n],
      ],
    },
    { sql: 'bigint', declared: 'bigint', values: [['9223372036854775807', 2n ** 63n - 1n]] },
    {
      sql: 'bigint unsigned',
      declared: 'bigint',
      values: [['9223372036854775807', 2n ** 63n - 1n]],
      offending: ['18446744073709551615'],
      note: /read and not written/,
    },
    {
      sql: 'decimal(10,2) unsigned default 0',
      declared: 'decimal(10, 2)',
      values: [['12.5', '12.50']],
      default: value('0.00'),
    },
    {
      sql: 'float',
      declared: 'float',
      values: [
        ['0.5', 0.5],
        ['0.1', Math.fround(0.1)],
      ],
      note: /rounds/,
    },
    {
      sql: 'double',
      declared: 'float',
      values: [
        ['0.1', 0.1],
        ['1e308', 1e308],
      ],
    },
    {
      sql: "char(5) default 'ab'",
      declared: 'text(5)',
      values: [["'ab'", 'ab']],
      default: value('ab'),
      note: /spaces/,
    },
    {
      sql: "varchar(20) character set latin1 default 'it''s'",
      declared: 'text(20)',
      values: [["'é '", 'é ']],
      default: value("it's"),
    },
    { sql: 'tinytext', declared: 'unbounded text', values: [["'x'", 'x']] },
    { sql: 'text', declared: 'unbounded text', values: [["'😀'", '😀']] },
    { sql: 'longtext', declared: 'unbounded text', values: [["'x'", 'x']] },
    {
      sql: 'binary(4)',
      declared: 'bytes',
      values: [
        ["x'00010203'", bytes(0, 1, 2, 3)],
        ["x'01'", bytes(1, 0, 0, 0)],
      ],
      note: /zeros/,
    },
    { sql: 'varbinary(8)', declared: 'bytes', values: [["x'00ff'", bytes(0, 255)]] },
    { sql: 'blob', declared: 'bytes', values: [["x'00ff'", bytes(0, 255)]] },
    {
      sql: "enum('a','it''s') default 'a'",
      declared: `oneOf("a", "it's")`,
      values: [
        ["'a'", 'a'],
        ["'it''s'", "it's"],
      ],
      offending: ["'none'"],
      default: value('a'),
    },
    { sql: "set('a','b')", declared: "native(set('a','b'))", values: [["'a,b'", 'a,b']] },
    { sql: 'bit(3)', declared: 'native(bit(3))', values: [["b'101'", bytes(5)]] },
    {
      sql: 'year',
      declared: 'smallint',
      values: [
        ['1999', 1999],
        ['0', 0],
      ],
      note: /year/,
    },
    {
      sql: 'date',
      declared: 'date',
      values: [["'2024-02-29'", '2024-02-29']],
      offending: ["'0000-00-00'", "'2024-00-10'"],
    },
    { sql: 'time', declared: 'time', values: [["'23:59:59'", '23:59:59']], offending: ["'-01:00:00'", "'838:59:59'"] },
    {
      sql: 'time(3)',
      declared: 'text(17)',
      values: [
        ["'10:00:00.5'", '10:00:00.5'],
        ["'-838:59:59'", '-838:59:59'],
      ],
      note: /whole seconds/,
    },
    {
      sql: 'datetime default current_timestamp',
      declared: 'timestamp',
      values: [["'2024-02-29 10:20:30'", new Date('2024-02-29T10:20:30Z')]],
      offending: ["'0000-00-00'"],
      default: now,
      note: /rounds/,
    },
    {
      sql: 'datetime(3)',
      declared: 'timestamp',
      values: [["'2024-02-29 10:20:30.123'", new Date('2024-02-29T10:20:30.123Z')]],
    },
    {
      sql: 'datetime(6)',
      declared: 'timestamp(6)',
      values: [["'2024-02-29 10:20:30.123456'", '2024-02-29T10:20:30.123456Z']],
    },
    {
      sql: 'datetime(4)',
      declared: 'timestamp(6)',
      values: [["'2024-02-29 10:20:30.1234'", '2024-02-29T10:20:30.123400Z']],
      note: /rounds/,
    },
    {
      sql: 'timestamp null default current_timestamp on update current_timestamp',
      declared: 'timestamp',
      values: [["'2024-02-29 10:20:30'", new Date('2024-02-29T10:20:30Z')]],
      default: now,
    },
    {
      sql: 'timestamp(6) null',
      declared: 'timestamp(6)',
      values: [["'2024-02-29 10:20:30.123456'", '2024-02-29T10:20:30.123456Z']],
    },
    { sql: 'json', declared: 'json', values: [[`'[1,null]'`, [1, null]]] },
    { sql: 'point', declared: 'native(point)', values: [] },
    {
      sql: 'uuid',
      declared: 'uuid',
      values: [["'0190B3C4-5D6E-7F80-9A1B-2C3D4E5F6071'", '0190b3c4-5d6e-7f80-9a1b-2c3d4e5f6071']],
    },
    { sql: 'inet6', declared: 'text(45)', values: [["'::1'", '::1']] },
    { sql: 'int generated always as (1 + 1) stored', declared: 'native(int)', values: [], note: /computed/ },
    { sql: 'int invisible', declared: 'integer', values: [['7', 7]] },
  ],
}

export const storedTypes: Readonly<Partial<Record<EngineName, Engine>>> = { sqliteFile: sqlite, postgres, mysql }
