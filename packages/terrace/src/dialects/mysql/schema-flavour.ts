import type { ServerVersion } from '../../schema/index.ts'

/** Where MariaDB and MySQL differ in structure. MySQL 8.4 is untested. */
export interface SchemaFlavour {
  readonly isMariaDb: boolean
  /** By code point, and trailing spaces count. */
  readonly collation: string
}

/** Sources: MariaDB knowledge base, "Supported Character Sets and Collations"; MySQL 8.4 manual, "Unicode Character Sets". */
export function schemaFlavour({ product }: ServerVersion): SchemaFlavour {
  const isMariaDb = product === 'MariaDB'
  return { isMariaDb, collation: isMariaDb ? 'utf8mb4_nopad_bin' : 'utf8mb4_0900_bin' }
}

export function quoteName(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``
}

/** A backslash begins an escape here, unlike elsewhere. */
export function quoteText(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
}
