import { createHash } from 'node:crypto'
import type { LiveStructure } from '../../../schema/index.ts'
import { mentions } from './mentions.ts'

/**
 * One hash over what a statement names of a structure: tables, and what models cannot declare with its definitions. Of all else a
 * statement changes nothing, so that what somebody does there meanwhile does not pass for its work.
 */
export function seenStructureHash(live: LiveStructure, sql: string): string {
  const isSeen = (name: string | null): boolean => name !== null && mentions(sql, name)
  const tables = Object.values(live.snapshot.tables).filter(({ name }) => isSeen(name))
  const opaque = live.opaque.filter(({ name, table }) => isSeen(name) || isSeen(table))
  const others = Object.entries(live.otherObjects).filter(([name]) => isSeen(name))
  return createHash('sha256')
    .update(JSON.stringify([tables, opaque, others]))
    .digest('hex')
}

/** The same over all there is. */
export function wholeStructureHash({ snapshot, opaque, otherObjects }: LiveStructure): string {
  return createHash('sha256')
    .update(JSON.stringify([snapshot, opaque, otherObjects]))
    .digest('hex')
}
