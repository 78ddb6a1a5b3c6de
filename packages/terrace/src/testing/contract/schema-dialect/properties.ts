import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { randomGraphs } from './random-graphs.ts'
import { changingStatements, testedStructure, type SchemaUnderContract } from './subject.ts'

/** Laws 1 and 2 over random graphs. fast-check prints the seed and the smallest graph that breaks them. */
export function propertiesContract(subject: SchemaUnderContract): void {
  test('what was created compares equal, and the next start does nothing', { timeout: 120_000 }, async () => {
    const law = fc.asyncProperty(randomGraphs, async (graph) => {
      fc.pre(subject.runtime.unsupported(graph).length === 0)
      const structure = await testedStructure(subject)
      await structure.sync(graph)
      await structure.forget()
      const compared = await structure.sync(graph)
      expect(compared).toMatchObject({ steps: [], leftAlone: [], notOwned: [] })
      structure.sent.length = 0
      await structure.sync(graph)
      expect(structure.sent.filter((sql) => changingStatements.test(sql))).toEqual([])
    })
    await fc.assert(law, { numRuns: subject.runs, endOnFailure: false })
  })
}
