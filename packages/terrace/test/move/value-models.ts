import { graph, identity, integer, model, type BoundModel, type Column } from '../../src/model/index.ts'
import { valueSamples, type Samples } from '../../src/testing/contract/value-samples.ts'

type Nullable = Column & { nullable(): Column }

const { identity: numbers, ...samples } = valueSamples
const kinds: readonly Samples[] = Object.values(samples)
const texts = ['\u{10ffff}', 'A\u030a', 'Å', '', ' ', '0'.repeat(50)]

/** Each type in a table of its own, as every kind of key cannot be shown in one row. */
export const valueModels: Readonly<Record<string, BoundModel>> = graph({
  ...Object.fromEntries(
    kinds.map(({ column }, at) => {
      const value = (column as Nullable).nullable()
      return [`Values${at}`, model(`values_${at}`, { id: integer().primaryKey(), value })]
    }),
  ),
  Numbered: model('numbered', { id: identity(), value: samples['text(50)'].column }),
  Named: model('named', {
    name: samples['text(50)'].column.primaryKey(),
    tag: samples['text(50)'].column.ignoreCase(),
  }),
}) as unknown as Readonly<Record<string, BoundModel>>

/** Every sample, and NULL before and after them. */
export const valueRows: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>> = {
  ...Object.fromEntries(
    kinds.map(({ values }, at) => [`Values${at}`, [null, ...values, null].map((value, id) => ({ id, value }))]),
  ),
  Numbered: numbers.values.map((id) => ({ id, value: `number ${id}` })),
  Named: texts.map((name, at) => ({ name, tag: `Tag ${at} ẞ İ` })),
}
