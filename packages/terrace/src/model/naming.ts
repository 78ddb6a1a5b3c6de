import { createHash } from 'node:crypto'

/** Longest name of a constraint or an index, in bytes of UTF-8: within the limit of every engine. */
export const longestConstraintName = 60
const keptBytes = 51

/**
 * The database's name of a property: `_` before each run of upper-case letters, none before digits.
 *
 * `deviceId` → `device_id`, `kcal100g` → `kcal100g`, `foodID` → `food_id`. Not injective by itself (`aBc` and `aBC` meet);
 * `graph()` refuses two columns of a table that do.
 */
export function snakeCase(property: string): string {
  return property.replace(/[A-Z]+/g, (run, at: number) => (at === 0 ? '' : '_') + run.toLowerCase())
}

/** `pk_<table>` */
export function primaryKeyName(table: string): string {
  return shortenName(`pk_${table}`)
}

/** `uq_<table>_<cols>`; columns by property. */
export function uniqueName(table: string, columns: readonly string[]): string {
  return shortenName(['uq', table, ...columns.map(snakeCase)].join('_'))
}

/** `ix_<table>_<cols>`; columns by property, directions do not show. */
export function indexName(table: string, columns: readonly string[]): string {
  return shortenName(['ix', table, ...columns.map(snakeCase)].join('_'))
}

/** `fk_<table>_<cols>_<target>`; columns by property. */
export function foreignKeyName(table: string, columns: readonly string[], targetTable: string): string {
  return shortenName(['fk', table, ...columns.map(snakeCase), targetTable].join('_'))
}

/** `ck_<table>_<column>_<rule>`; column by property, `oneOf` as `one_of`. */
export function checkName(table: string, column: string, rule: string): string {
  return shortenName(['ck', table, snakeCase(column), snakeCase(rule)].join('_'))
}

/** The column beside one of `ignoreCase()` that holds its folded text. */
export function foldedName(sqlName: string): string {
  return `${sqlName}_folded`
}

/**
 * The name itself up to 60 bytes; a longer one keeps its first 51 bytes (whole characters), then `_` and 8 hexadecimal digits
 * of the SHA-256 of the whole.
 */
export function shortenName(name: string): string {
  const encoded = Buffer.from(name, 'utf8')
  if (encoded.length <= longestConstraintName) return name
  const hash = createHash('sha256').update(encoded).digest('hex').slice(0, 8)
  return `${encoded.subarray(0, characterStart(encoded, keptBytes)).toString('utf8')}_${hash}`
}

/** The last position not after `at` where a character of UTF-8 begins. */
function characterStart(encoded: Uint8Array, at: number): number {
  let start = at
  while (start > 0 && ((encoded[start] ?? 0) & 0xc0) === 0x80) start -= 1
  return start
}
