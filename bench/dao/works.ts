import type { Work } from './measure.ts'
import { newPortion, newProduct } from './subject.ts'

const tenThousandProducts = Array.from({ length: 10_000 }, (_, at) => newProduct(at))
const tenThousandPortions = Array.from({ length: 10_000 }, (_, at) => newPortion(at))

/** The goals are those of the design: `04-data-access`, "Speed". */
export const works: readonly Work[] = [
  { title: 'get by key', times: 2_000, goal: 1.5, once: (operations, at) => operations.get(at) },
  { title: 'list of 20', times: 300, goal: 1.2, once: (operations) => operations.list() },
  { title: 'list of 20 with two portions each', times: 200, goal: 1.3, once: (operations) => operations.include() },
  { title: 'insert', times: 500, goal: 1.3, once: (operations, at) => operations.insert(newProduct(at)) },
  { title: 'update', times: 500, goal: 1.3, once: (operations, at) => operations.update(at, at % 1000) },
  { title: '10,000 inserts', times: 1, goal: 1.3, once: (operations) => operations.insertMany(tenThousandProducts) },
  {
    title: '10,000 inserts with a reference',
    times: 1,
    goal: null,
    once: (operations) => operations.insertPortions(tenThousandPortions),
  },
  { title: 'ad-hoc query by Kysely', times: 300, goal: null, once: (operations) => operations.richest() },
]
