import type { ServerVersion } from '../../schema/index.ts'
import { isBefore } from './server.ts'

/** Where MariaDB and MySQL differ in structure. MySQL 8.4 is untested. */
export interface SchemaFlavour {
  readonly isMariaDb: boolean
  /** By code point, and trailing spaces count. */
  readonly collation: string
  /** Whether the catalogue says of an index that statements leave it out. Source: MariaDB knowledge base, "Ignored Indexes" (10.6). */
  readonly tellsIgnoredIndexes: boolean
}

/** Sources: MariaDB knowledge base, "Supported Character Sets and Collations"; MySQL 8.4 manual, "Unicode Character Sets". */
export function schemaFlavour({ product, version }: ServerVersion): SchemaFlavour {
  const isMariaDb = product === 'MariaDB'
  return {
    isMariaDb,
    collation: isMariaDb ? 'utf8mb4_nopad_bin' : 'utf8mb4_0900_bin',
    tellsIgnoredIndexes: !isMariaDb || !isBefore(version, '10.6'),
  }
}

export function quoteName(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``
}

/** A backslash begins an escape here, unlike elsewhere. */
export function quoteText(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
}
