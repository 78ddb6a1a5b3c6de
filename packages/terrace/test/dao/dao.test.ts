import { afterAll, beforeAll } from 'vitest'
import { describeEngines } from '../support/describe-engines.ts'
import { openModels, type OpenModels } from '../support/open-models.ts'
import { daoBench } from './dao-bench.ts'
import { models } from './models.ts'
import { describeCreating } from './creating.ts'
import { describeDeleting } from './deleting.ts'
import { describeIncluding } from './including.ts'
import { describeQuerying } from './querying.ts'
import { describeReading } from './reading.ts'
import { describeRefusing } from './refusing.ts'
import { describeSharedReferences } from './shared-references.ts'
import { describeUpdating } from './updating.ts'

describeEngines('dao', (engine) => {
  let opened: OpenModels
  beforeAll(async () => {
    opened = await openModels(engine, models)
  })
  afterAll(() => opened?.db.close())

  const bench = daoBench(() => opened)
  describeReading(bench)
  describeRefusing(bench)
  describeIncluding(bench)
  describeCreating(bench)
  describeUpdating(bench)
  describeDeleting(bench)
  describeQuerying(bench)
  describeSharedReferences(bench)
})
