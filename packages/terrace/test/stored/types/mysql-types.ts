import { bytes, now, value, type StoredTypes } from './stored-type.ts'

export const mysqlTypes: StoredTypes = {
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
