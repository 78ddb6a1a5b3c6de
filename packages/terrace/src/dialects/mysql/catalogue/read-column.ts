import type { ColumnShape } from '../../../schema/index.ts'
import { quoteText, type SchemaFlavour } from '../schema-flavour.ts'
import type { ColumnRow } from './catalogue-queries.ts'

/** A column as both servers would print it; `isJson` where a check makes it MariaDB's json. */
export function readColumn(row: ColumnRow, isJson: boolean, flavour: SchemaFlavour): ColumnShape {
  const extra = row.extra.toLowerCase()
  const isGenerated = row.generated !== null && row.generated !== ''
  const isInvisible = extra.includes('invisible')
  const type = isJson ? 'json' : plainType(row.type)
  return {
    name: row.name,
    // Kept with the type, as nothing else of a column says it: MODIFY would forget it.
    type: isInvisible && !isGenerated ? `${type}${invisibleSuffix}` : type,
    nullable: row.nullable === 'YES',
    default: isGenerated ? null : readDefault(row, flavour),
    generated: isGenerated
      ? {
          expression: printedExpression(row.generated ?? '', flavour),
          stored: /stored|persistent/.test(extra),
          invisible: isInvisible,
        }
      : null,
    identity: extra.includes('auto_increment') ? 'byDefault' : null,
    collation: isJson ? null : row.collation,
    comment: row.comment,
    isOpaque: false,
    source: null,
  }
}

/** What stands behind the type of a column that `select *` leaves out. */
export const invisibleSuffix = ' invisible'

/** `int(11)` and `int` are the same, unless zeros fill the width; `tinyint(1)` is how a boolean is told. */
function plainType(type: string): string {
  if (type.endsWith('zerofill') || type.startsWith('tinyint(1)')) return type
  return type.replace(/^((?:tiny|small|medium|big)?int|year)\(\d+\)/, '$1')
}

/**
 * A default as it can be written behind DEFAULT again, and what a column gets at every change: `5`, `'it''s'`,
 * `current_timestamp(3) on update current_timestamp(3)`, `on update current_timestamp(3)`. Null for none.
 */
function readDefault(row: ColumnRow, flavour: SchemaFlavour): string | null {
  const update = /on update current_timestamp(?:\(\d*\))?/i.exec(row.extra)?.[0].toLowerCase()
  const parts = [defaultExpression(row, flavour), update].filter((part) => part !== null && part !== undefined)
  return parts.length === 0 ? null : parts.join(' ')
}

function defaultExpression({ type, fallback, extra }: ColumnRow, flavour: SchemaFlavour): string | null {
  if (fallback === null) return null
  if (flavour.isMariaDb) return fallback === 'NULL' ? null : fallback
  if (/^current_timestamp/i.test(fallback) && /default_generated/i.test(extra)) return fallback.toLowerCase()
  if (/default_generated/i.test(extra)) return `(${printedExpression(fallback, flavour)})`
  return isWrittenBare(type, fallback) ? fallback : quoteText(fallback)
}

/** Source: MySQL 8.4 manual, "The INFORMATION_SCHEMA COLUMNS Table": values stand there without quotes. */
function isWrittenBare(type: string, fallback: string): boolean {
  if (/^(?:tinyint|smallint|mediumint|int|bigint|decimal|float|double|year)\b/.test(type)) return true
  return /^(?:b'[01]*'|0x[\da-f]*)$/i.test(fallback) && /^(?:bit|binary|varbinary|tinyblob|blob)/.test(type)
}

/** MySQL escapes the quotes of texts in the catalogue's expressions; MariaDB prints what can be read again. */
export function printedExpression(expression: string, { isMariaDb }: SchemaFlavour): string {
  return isMariaDb ? expression : expression.replaceAll(`\\'`, `'`)
}
