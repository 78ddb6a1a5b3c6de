import type { CorpusEngine } from './load-corpus.ts'

/** The types that edits use, as each engine takes and prints them. */
export interface CorpusTypes {
  readonly whole: string
  readonly large: string
  text(length: number): string
  decimal(precision: number, scale: number): string
}

export const corpusTypes: Readonly<Record<CorpusEngine, CorpusTypes>> = {
  sqliteFile: {
    whole: 'INTEGER',
    large: 'BIGINT',
    text: (length) => `VARCHAR(${length})`,
    decimal: (precision, scale) => `NUMERIC(${precision},${scale})`,
  },
  postgres: {
    whole: 'integer',
    large: 'bigint',
    text: (length) => `character varying(${length})`,
    decimal: (precision, scale) => `numeric(${precision},${scale})`,
  },
  mysql: {
    whole: 'int',
    large: 'bigint',
    text: (length) => `varchar(${length})`,
    decimal: (precision, scale) => `decimal(${precision},${scale})`,
  },
}
