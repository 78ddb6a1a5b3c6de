import type { CorpusEngine, CorpusName } from './load-corpus.ts'

/** The tables and columns of a corpus that edits are made to, by what they are there. */
export interface Roles {
  readonly engine: CorpusEngine
  readonly main: string
  readonly key: string
  /** A text that every row has. */
  readonly label: string
  /** A text that rows may lack. */
  readonly note: string
  /** A whole number that every row has, and one that rows may lack. */
  readonly number: string
  readonly optional: string
  /** A column that rows may lack and all have. */
  readonly filled: string
  readonly price: string
  /** A column that nothing uses. */
  readonly spare: string
  /** A reference of the main table, its target, and a text of that which is unique. */
  readonly link: string
  readonly parent: string
  readonly parentLabel: string
  /** A table that refers to the main one; its key has two columns, and nothing refers to it. */
  readonly child: string
  readonly childKey: readonly [string, string]
}

type Names = Omit<Roles, 'engine'>

const chinook: Names = {
  main: 'Track',
  key: 'TrackId',
  label: 'Name',
  note: 'Composer',
  number: 'Milliseconds',
  optional: 'Bytes',
  filled: 'GenreId',
  price: 'UnitPrice',
  spare: 'Bytes',
  link: 'GenreId',
  parent: 'Genre',
  parentLabel: 'Name',
  child: 'PlaylistTrack',
  childKey: ['PlaylistId', 'TrackId'],
}

const sakila: Names = {
  main: 'film',
  key: 'film_id',
  label: 'title',
  note: 'description',
  number: 'rental_duration',
  optional: 'length',
  filled: 'length',
  price: 'rental_rate',
  spare: 'replacement_cost',
  link: 'original_language_id',
  parent: 'language',
  parentLabel: 'name',
  child: 'film_actor',
  childKey: ['actor_id', 'film_id'],
}

/** PostgreSQL's Chinook has the same names in snake case. */
function snakeCase(name: string): string {
  return name.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter}`).toLowerCase()
}

export function rolesOf(corpus: CorpusName, engine: CorpusEngine): Roles {
  if (corpus === 'sakila') return { engine, ...sakila }
  if (engine !== 'postgres') return { engine, ...chinook }
  const names = Object.entries(chinook).map(([role, name]) => [
    role,
    typeof name === 'string' ? snakeCase(name) : name.map(snakeCase),
  ])
  return { engine, ...(Object.fromEntries(names) as Names) }
}

/** Sakila's scripts hold no rows. These are accepted by each engine's tables, triggers and rules. */
export const sakilaRows: readonly string[] = [
  `insert into language (language_id, name, last_update) values (1, 'English', '2006-02-15 05:02:19'), (2, 'Italian', '2006-02-15 05:02:19')`,
  `insert into actor (actor_id, first_name, last_name, last_update) values (1, 'PENELOPE', 'GUINESS', '2006-02-15 04:34:33'), (2, 'NICK', 'WAHLBERG', '2006-02-15 04:34:33')`,
  `insert into film (film_id, title, description, language_id, original_language_id, rental_duration, rental_rate, length, replacement_cost, last_update) values
    (1, 'ACADEMY DINOSAUR', 'A drama of a feminist and a mad scientist', 1, 2, 6, 0.99, 86, 20.99, '2006-02-15 05:03:42'),
    (2, 'ACE GOLDFINGER', null, 1, null, 3, 4.99, 48, 12.99, '2006-02-15 05:03:42'),
    (3, 'ADAPTATION HOLES', 'It''s 100% a "reflection"?', 2, 1, 7, 2.99, 50, 18.99, '2006-02-15 05:03:42')`,
  `insert into film_actor (actor_id, film_id, last_update) values (1, 1, '2006-02-15 05:05:03'), (1, 3, '2006-02-15 05:05:03'), (2, 3, '2006-02-15 05:05:03')`,
]
