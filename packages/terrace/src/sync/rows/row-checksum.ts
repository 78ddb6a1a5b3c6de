import { createHash } from 'node:crypto'

/** The rows of a table, whatever their order: their number, and the sum of their hashes. */
export interface TableSum {
  readonly rows: number
  /** 64 hexadecimal digits; of no rows at all, zeros. */
  readonly checksum: string
}

const modulus = 1n << 256n

/**
 * Adds rows up to one checksum that does not depend on their order and knows a row that is there twice. Columns stand in the order
 * of their names, whoever reads them.
 */
export class RowChecksum {
  private rows = 0
  private sum = 0n

  /** Values as texts that mean the same wherever they were read; null for NULL. */
  add(values: readonly (string | null)[]): void {
    this.rows += 1
    const digest = createHash('sha256').update(JSON.stringify(values)).digest('hex')
    this.sum = (this.sum + BigInt(`0x${digest}`)) % modulus
  }

  result(): TableSum {
    return { rows: this.rows, checksum: this.sum.toString(16).padStart(64, '0') }
  }
}
