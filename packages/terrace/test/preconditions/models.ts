import {
  actor,
  graph,
  integer,
  model,
  owner,
  ownedThrough,
  reference,
  softDelete,
  text,
  timestamps,
  uuid,
  version,
} from '../../src/model/index.ts'

const Person = model('people', { id: text().length(1, 20).primaryKey() }, { access: actor() })

const Note = model('notes', {
  id: uuid().primaryKey(),
  personId: owner(Person),
  title: text().length(1, 50),
  stars: integer().range(0, 5).default(0),
  version: version(),
  ...timestamps(),
  ...softDelete(),
})

const Remark = model(
  'remarks',
  {
    id: uuid().primaryKey(),
    noteId: reference(Note, { inverse: 'remarks', onDelete: 'cascade' }),
    words: text().length(1, 50),
    version: version(),
    ...softDelete(),
  },
  { access: ownedThrough('noteId') },
)

/** Read by everyone, written by its owner. */
const Notice = model('notices', {
  id: uuid().primaryKey(),
  personId: owner(Person, { read: 'everyone' }),
  code: text().length(1, 20).unique(),
  words: text().length(1, 50),
  version: version(),
})

/** Without a version. */
const Plain = model('plains', { id: uuid().primaryKey(), personId: owner(Person), title: text().length(1, 50) })

export const models = graph({ Person, Note, Remark, Notice, Plain })
