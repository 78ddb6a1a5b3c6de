import { describe } from 'vitest'
import { alignmentContract } from './schema-dialect/alignment.ts'
import { creationContract } from './schema-dialect/creation.ts'
import { growthContract } from './schema-dialect/growth.ts'
import { propertiesContract } from './schema-dialect/properties.ts'
import { refusalsContract } from './schema-dialect/refusals.ts'
import { rulesContract } from './schema-dialect/rules.ts'
import { seedsContract } from './schema-dialect/seeds.ts'
import { startersContract } from './schema-dialect/starters.ts'
import type { SchemaUnderContract } from './schema-dialect/subject.ts'

export type { SchemaUnderContract } from './schema-dialect/subject.ts'

/**
 * What `SchemaDialect` promises together with `synchronize`, tried on a real engine: state → SQL → state. Each dialect runs
 * it from a test file of its own.
 */
export function schemaDialectContract(subject: SchemaUnderContract): void {
  const { without } = subject
  for (const [part, declare] of Object.entries(parts)) {
    const reason = without?.parts.includes(part) === true ? ` (skipped: ${without.reason})` : ''
    describe.skipIf(reason !== '')(`its ${part}${reason}`, () => {
      declare(subject)
    })
  }
}

const parts = {
  creation: creationContract,
  growth: growthContract,
  alignment: alignmentContract,
  refusals: refusalsContract,
  rules: rulesContract,
  seeds: seedsContract,
  starters: startersContract,
  properties: propertiesContract,
} as const
