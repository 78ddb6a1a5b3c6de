import { objectsOf, type LiveStructure } from '../../../schema/index.ts'

/** Objects that are there on one side alone, or are otherwise; what models cannot declare goes by its text. */
export function differingObjects(one: LiveStructure, other: LiveStructure): readonly string[] {
  const [before, after] = [hashesOf(one), hashesOf(other)]
  const all = new Set([...before.keys(), ...after.keys()])
  return [...all].filter((object) => before.get(object) !== after.get(object))
}

function hashesOf({ snapshot, opaque }: LiveStructure): ReadonlyMap<string, string> {
  const objects = Object.values(snapshot.tables).flatMap(objectsOf)
  return new Map([
    ...objects.map(({ kind, path, hash }) => [`${kind} ${path}`, hash] as const),
    ...opaque.map(
      ({ kind, name, table, definition }) =>
        [`${kind} ${table === null ? name : `${table}.${name}`}`, definition ?? ''] as const,
    ),
  ])
}

/** What was there and is there no longer. */
export function goneObjects(one: LiveStructure, other: LiveStructure): readonly string[] {
  const after = hashesOf(other)
  return [...hashesOf(one).keys()].filter((object) => !after.has(object))
}
