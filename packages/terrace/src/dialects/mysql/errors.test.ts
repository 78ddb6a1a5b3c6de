import { expect, test } from 'vitest'
import { mysqlError } from './errors.ts'

function serverError(errno: number, sqlMessage = 'something'): Error {
  return Object.assign(new Error(sqlMessage), { errno, sqlMessage, code: 'ER_SOMETHING', sqlState: 'HY000' })
}

test.each([
  [1062, 'unique'],
  [1451, 'foreignKey'],
  [1216, 'foreignKey'],
  [3819, 'check'],
  [4025, 'check'],
  [1048, 'notNull'],
  [1364, 'notNull'],
  [1406, 'tooLong'],
  [1264, 'outOfRange'],
  [1690, 'outOfRange'],
  [1366, 'invalidValue'],
  [1292, 'invalidValue'],
  [1213, 'deadlock'],
  [1020, 'serialization'],
  [1205, 'lockTimeout'],
  [1969, 'timeout'],
  [3024, 'timeout'],
  [2013, 'connection'],
  [1927, 'connection'],
  [1053, 'connection'],
  [1290, 'readOnly'],
  [1792, 'readOnly'],
  [1114, 'diskFull'],
  [1142, 'permission'],
  [1146, 'missingObject'],
  [1054, 'missingObject'],
  [1064, 'other'],
])('error %i is %s', (errno, kind) => {
  expect(mysqlError(serverError(errno), null).kind).toBe(kind)
})

test.each([
  [1062, "Duplicate entry 'it''s for key 'x'-1' for key 'uq_users_email'", { constraint: 'uq_users_email' }],
  // MySQL names the table too.
  [1062, "Duplicate entry 'a' for key 'users.uq_users_email'", { constraint: 'uq_users_email' }],
  [
    1452,
    'Cannot add or update a child row: a foreign key constraint fails (`app`.`portions`, CONSTRAINT `fk_portions_product_id_products` FOREIGN KEY (`product_id`, `owner_id`) REFERENCES `products` (`id`, `owner_id`) ON DELETE CASCADE)',
    { table: 'portions', constraint: 'fk_portions_product_id_products', columns: ['product_id', 'owner_id'] },
  ],
  [
    4025,
    'CONSTRAINT `ck_products_size_range` failed for `app`.`products`',
    { table: 'products', constraint: 'ck_products_size_range' },
  ],
  [3819, "Check constraint 'ck_products_size_range' is violated.", { constraint: 'ck_products_size_range' }],
  [1048, "Column 'name' cannot be null", { columns: ['name'] }],
  [1364, "Field 'name' doesn't have a default value", { columns: ['name'] }],
  [1406, "Data too long for column 'name' at row 1", { columns: ['name'] }],
  [1264, "Out of range value for column 'size' at row 12", { columns: ['size'] }],
  [
    1366,
    "Incorrect integer value: 'secret' for column `app`.`products`.`size` at row 1",
    { table: 'products', columns: ['size'] },
  ],
])('error %i says its place: %s', (errno, message, place) => {
  const error = mysqlError(serverError(errno, message), null)
  expect(error).toMatchObject(place)
  expect(error.message).not.toMatch(/secret|entry/)
})

test('the table comes from the statement where the server does not say it, and so does the name of a primary key', () => {
  const duplicate = serverError(1062, "Duplicate entry '1' for key 'PRIMARY'")
  expect(mysqlError(duplicate, 'insert into `products` (`id`) values (?)')).toMatchObject({
    table: 'products',
    constraint: 'pk_products',
  })
  expect(mysqlError(duplicate, 'call something()')).toMatchObject({ table: null, constraint: 'PRIMARY' })
})

test.each([
  Object.assign(new Error('lost'), { code: 'PROTOCOL_CONNECTION_LOST', fatal: true }),
  Object.assign(new Error('read'), { code: 'ECONNRESET' }),
  Object.assign(new Error("Can't add new command when connection is in closed state"), { fatal: true }),
])('a lost connection ends the session: $message', (cause) => {
  expect(mysqlError(cause, null)).toMatchObject({ kind: 'connection', endsSession: true, retryable: false, cause })
})

test('a packet that is too large is a value too long, and costs the connection', () => {
  expect(mysqlError(serverError(1153), null)).toMatchObject({ kind: 'tooLong', endsSession: true })
})
