import { bytes, value, type StoredTypes } from './stored-type.ts'

export const sqliteTypes: StoredTypes = {
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
