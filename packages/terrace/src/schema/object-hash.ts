import { hash } from 'node:crypto'
import type { ColumnShape, TableShape } from './snapshot.ts'

/** SHA-256 in hexadecimal of an object's canonical JSON: keys sorted, `source` and `definition` left out. */
export type ObjectHash = (shape: unknown) => string

/** Hashes many objects: what it has learned of one shape serves the next of the same. */
export function objectHasher(): ObjectHash {
  const canonicalJson = jsonWriter()
  return (shape) => hash('sha256', canonicalJson(shape))
}

export function objectHash(shape: unknown): string {
  return objectHasher()(shape)
}

/**
 * One hash over many tables, whatever their order and that of their columns. Says that nothing has changed since the same code
 * has read or derived them: columns go by their values alone, in the order in which their shape was written.
 */
export function structureHash(tables: readonly TableShape[]): string {
  const canonicalJson = jsonWriter()
  const texts = tables
    .toSorted(byName)
    .map(({ columns, ...rest }) => [canonicalJson(rest), columns.toSorted(byName).map(valuesOf)])
  return hash('sha256', JSON.stringify(texts))
}

function valuesOf(column: ColumnShape): readonly unknown[] {
  const { source: _, definition: __, ...values } = column
  return Object.values(values)
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1
}

type Key = readonly [name: string, json: string]

/** Sorts the keys of each shape once: a large structure has ten shapes and a hundred thousand objects. */
function jsonWriter(): (value: unknown) => string {
  const sortedKeys = new Map<string, readonly Key[]>()
  const keysOf = (value: object): readonly Key[] => {
    const names = Object.keys(value)
    const shape = names.join('\0')
    const known = sortedKeys.get(shape) ?? canonicalKeys(names)
    sortedKeys.set(shape, known)
    return known
  }
  const write = (value: unknown): string => {
    if (Array.isArray(value)) return `[${value.map(write).join(',')}]`
    if (typeof value !== 'object' || value === null) return JSON.stringify(value)
    let members = ''
    for (const [name, json] of keysOf(value)) {
      members += `${members === '' ? '' : ','}${json}:${write((value as Readonly<Record<string, unknown>>)[name])}`
    }
    return `{${members}}`
  }
  return write
}

function canonicalKeys(names: readonly string[]): readonly Key[] {
  const kept = names.filter((name) => name !== 'source' && name !== 'definition')
  return kept.toSorted((a, b) => (a < b ? -1 : 1)).map((name) => [name, JSON.stringify(name)])
}
