import { createHash } from 'node:crypto'
import type { Revision } from './history.ts'
import type { Migration, MigrationStep } from './migration.ts'
import { statementsOf } from './statements-of.ts'

export type RevisionHashes = Pick<Revision, 'checksum' | 'stepHashes'>

/** What a step does: its statements but for line endings and outer white space, a data step by its name and version; no reasons. */
export function stepHash(step: MigrationStep): string {
  return hashOf(factsOf(step))
}

/** Over the steps of both directions, in their order. */
export function hashesOf({ up, down }: Pick<Migration, 'up' | 'down'>): RevisionHashes {
  const stepHashes = { up: up.map(stepHash), down: down.map(stepHash) }
  return { stepHashes, checksum: hashOf([stepHashes.up, stepHashes.down]) }
}

function factsOf(step: MigrationStep): readonly unknown[] {
  if ('data' in step) return ['data', step.data, step.version]
  if ('irreversible' in step) return ['irreversible']
  const checks = (step.refuseIf ?? []).map(({ sql }) => textOf(sql))
  return ['sql', statementsOf(step).map(textOf), checks, step.transaction ?? true]
}

function textOf(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n').trim()
}

function hashOf(facts: unknown): string {
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex')
}
