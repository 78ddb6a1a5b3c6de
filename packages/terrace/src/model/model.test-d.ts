import {
  actor,
  bigint,
  boolean,
  decimal,
  graph,
  identity,
  integer,
  model,
  oneOf,
  owner,
  reference,
  text,
  uuid,
} from './index.ts'
import type { Model } from './index.ts'

const id = uuid().primaryKey()
const columns = { id, name: text().length(1, 9), size: integer() }

// Indexes and unique rules name the model's own columns.
model('things', columns, {
  indexes: [['name', '-size']],
  uniques: [['name'], { columns: ['size'], where: { name: 'a' } }],
})
// @ts-expect-error there is no such column
model('things', columns, { indexes: [['nmae']] })
// @ts-expect-error there is no such column, descending neither
model('things', columns, { indexes: [['-nmae']] })
// @ts-expect-error there is no such column
model('things', columns, { uniques: [['nmae']] })
// @ts-expect-error there is no such column
model('things', columns, { uniques: [{ columns: ['nmae'] }] })
// @ts-expect-error there is no such column
model('things', columns, { references: [{ columns: ['nmae'], target: 'others', targetColumns: ['id'] }] })
// @ts-expect-error a seed is a row to insert
model('things', columns, { seeds: [{ name: 'a', size: 'b' }] })

// Rules belong to types.
// @ts-expect-error an integer has no length
integer().length(1, 2)
// @ts-expect-error a text has no range
text().range(0, 9)
// @ts-expect-error a boolean has no range
boolean().range(0, 9)
// @ts-expect-error a uuid has no pattern
uuid().pattern(/a/)
// @ts-expect-error a number has no case
integer().ignoreCase()
// @ts-expect-error its bounds are bigints
bigint().range(0, 9)
// @ts-expect-error its bounds are strings: a double would round them
decimal(10, 2).range(0, 9)
// @ts-expect-error its default is one of its values
oneOf('a', 'b').default('c')
// @ts-expect-error null is no default: a nullable column is null when absent
integer().nullable().default(null)
// @ts-expect-error at least one value
oneOf()

// References lead to models by value, or by name with the type of their key.
const Device = model('devices', { id: identity() }, { access: actor() })
// @ts-expect-error a reference by name says what its key is
reference('devices')
// @ts-expect-error an owner is a model: whose key it is has to be known
owner('devices')
// @ts-expect-error nothing else can be done on delete
reference(Device, { onDelete: 'ignore' })

// @ts-expect-error a graph is made of models
graph({ Device, Other: columns })
// @ts-expect-error a model is made of columns
const wrong: Model = model('things', { id: text })
void wrong
