import { describe, expect, test } from 'vitest'
import * as mysql from '../../src/dialects/mysql/index.ts'
import * as postgres from '../../src/dialects/postgres/index.ts'
import * as sqlite from '../../src/dialects/sqlite/index.ts'
import { doubleQuoteName, type StructureVocabulary } from '../../src/schema/index.ts'
import { PairCoverage, structurePairs } from '../../src/testing/structures/structure-pairs.ts'

const vocabularies: readonly (readonly [name: string, vocabulary: StructureVocabulary])[] = [
  ['SQLite', sqlite.structureVocabulary],
  ['PostgreSQL', postgres.structureVocabulary],
  ['MariaDB', mysql.structureVocabulary({ product: 'MariaDB', version: '10.11.0' })],
]

describe('generated structures', () => {
  test.each(vocabularies)('cover each cell of %s, or a reason stands in it', (_, vocabulary) => {
    const coverage = new PairCoverage(vocabulary)
    const options = { vocabulary, quoteName: doubleQuoteName, seed: 1, count: 300 }
    for (const pair of structurePairs(options)) coverage.add(pair)
    expect(coverage.empty()).toEqual([])
  })

  test.each(vocabularies)('of %s are the same for the same seed', (_, vocabulary) => {
    const options = { vocabulary, quoteName: doubleQuoteName, seed: 7, count: 20 }
    expect([...structurePairs(options)]).toEqual([...structurePairs(options)])
  })
})
