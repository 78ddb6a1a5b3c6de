import { expect, test } from 'vitest'
import { DumpedRows } from './dumped-rows.ts'

const columns = [
  { name: 'id', type: 'bigint(20)' },
  { name: 'name', type: 'varchar(20)' },
  { name: 'data', type: 'blob' },
  { name: 'price', type: 'decimal(10,2)' },
  { name: 'at', type: 'time(3)' },
]
const head = 'INSERT INTO `a``b` (`id`, `name`, `data`, `price`, `at`) VALUES'

/** Rows of a dump that comes in parts of so many bytes. */
function rowsOf(dump: string, partBytes = 1_000): readonly (readonly unknown[])[] {
  const found: (readonly unknown[])[] = []
  const rows = new DumpedRows([{ name: 'a`b', columns }], (_table, _columns, values) => found.push(values))
  const bytes = Buffer.from(dump)
  for (let at = 0; at < bytes.length; at += partBytes) rows.add(bytes.subarray(at, at + partBytes))
  return found
}

const bytes = (...values: number[]): Buffer => Buffer.from(values)

test.each([1, 7, 1_000])('reads rows as the driver would give them, in parts of %i bytes', (partBytes) => {
  const dump =
    `-- MariaDB dump 10.19\n${head}\n(1,'a\\'b\\\\',0x00FF,12.50,'01:02:03.500'),\n` +
    `(9007199254740993,'日本''(\\n),',NULL,NULL,'00:00:00.000');\n${head} (-3,'','',0.00,NULL),(4,'x;',0x27,1.00,'10:00:10');\n`
  expect(rowsOf(dump, partBytes)).toEqual([
    [1, `a'b\\`, bytes(0, 255), '12.50', '01:02:03.5'],
    [9007199254740993n, "日本'(\n),", null, null, '00:00:00'],
    [-3, '', bytes(), '0.00', null],
    [4, 'x;', bytes(0x27), '1.00', '10:00:10'],
  ])
})

test('leaves out other tables, other statements, and columns that nobody asked for', () => {
  const dump =
    "INSERT INTO `other` (`id`) VALUES\n(1),\n(2);\nINSERT INTO `a``b` (`secret`, `name`) VALUES\n(0xAA,'kept');\n" +
    'DELIMITER ;;\n/*!50003 CREATE TRIGGER x BEFORE INSERT ON y FOR EACH ROW begin\n' +
    "INSERT INTO `a``b` VALUES (1);\nINSERT INTO `a``b` (`name`) VALUES ('body');\nend */;;\nDELIMITER ;\n" +
    "INSERT INTO `a``b` (`name`) VALUES ('after');\n"
  expect(rowsOf(dump)).toEqual([['kept'], ['after']])
})

test.each([
  `${head}\n(1,'a\n`,
  `${head}\n(1,'a');\n`,
  `${head}\n(1,'a',NULL,NULL,NULL,2);\n`,
  'INSERT INTO `a``b` VALUES (1);\n',
])('refuses a dump that it does not understand: %j', (dump) => {
  expect(() => rowsOf(dump)).toThrow(/dump/)
})
