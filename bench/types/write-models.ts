import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Models refer to the one before them in chains of this length, so that no chain is longer in a larger graph. */
const chainLength = 10

/**
 * Writes an app of `count` models as a user would: a file for each model, one graph over all, and for each model a file that
 * inserts, updates, reads its key, and loads it with its child (the last of a chain with its parent) and its owner.
 */
export function writeModels(folder: string, count: number): void {
  mkdirSync(folder, { recursive: true })
  const write = (name: string, lines: readonly string[]): void =>
    writeFileSync(join(folder, `${name}.ts`), `${lines.join('\n')}\n`)
  write('model0', ownerModel)
  for (let at = 1; at < count; at += 1) write(`model${at}`, ownedModel(at))
  write('models', graphOf(count))
  write('dao', dao)
  for (let at = 1; at < count; at += 1) write(`use${at}`, useOf(at, count))
}

const ownerModel = [
  "import { actor, model, text, timestamps, uuid } from 'terrace/model'",
  "export const Model0 = model('table0', { id: uuid().primaryKey(), name: text().length(1, 100), ...timestamps() }, { access: actor() })",
]

function ownedModel(at: number): readonly string[] {
  const hasParent = !isFirst(at)
  return [
    "import { boolean, decimal, integer, model, oneOf, owner, reference, softDelete, text, timestamps, uuid } from 'terrace/model'",
    "import { Model0 } from './model0.ts'",
    ...(hasParent ? [`import { Model${at - 1} } from './model${at - 1}.ts'`] : []),
    `export const Model${at} = model('table${at}', {`,
    '  id: uuid().primaryKey(),',
    `  ownerId: owner(Model0, { inverse: 'owned${at}' }),`,
    `  parentId: reference(${hasParent ? `Model${at - 1}, { inverse: 'children' }` : `'table${at}', { key: uuid(), inverse: 'self' }`}).nullable(),`,
    "  name: text().length(1, 100).unique().describe('A name'),",
    "  state: oneOf('open', 'done').default('open'),",
    '  count: integer().range(0, 1000),',
    '  price: decimal(10, 2).nullable(),',
    '  isDefault: boolean().default(false),',
    '  ...timestamps(), ...softDelete(),',
    "}, { indexes: [['name', '-count']] })",
  ]
}

function graphOf(count: number): readonly string[] {
  const all = Array.from({ length: count }, (_, at) => at)
  return [
    "import { graph } from 'terrace/model'",
    ...all.map((at) => `import { Model${at} } from './model${at}.ts'`),
    `export const models = graph({ ${all.map((at) => `Model${at}`).join(', ')} })`,
  ]
}

const dao = [
  "import type { BoundModel, Include, Insert, KeyOf, Update, ValidInclude, WithIncluded } from 'terrace/model'",
  'export declare function create<M extends BoundModel>(model: M, values: Insert<M>): KeyOf<M>',
  'export declare function update<M extends BoundModel>(model: M, id: KeyOf<M>, values: Update<M>): void',
  'export declare function list<M extends BoundModel, const I extends Include>(',
  '  model: M, include: I & ValidInclude<M, I>,',
  '): readonly WithIncluded<M, I>[]',
]

function useOf(at: number, count: number): readonly string[] {
  const hasChild = at + 1 < count && !isFirst(at + 1)
  const include = hasChild ? `children: models.Model${at + 1}` : `parent: models.Model${isFirst(at) ? at : at - 1}`
  return [
    "import { create, list, update } from './dao.ts'",
    "import { models } from './models.ts'",
    `export const id: string = create(models.Model${at}, { name: 'a', count: ${at} })`,
    `update(models.Model${at}, id, { price: null, state: 'done' })`,
    `const rows = list(models.Model${at}, { ${include}, owner: models.Model0 })`,
    hasChild
      ? 'export const found: number | undefined = rows[0]?.children[0]?.count'
      : 'export const found: number | undefined = rows[0]?.parent?.count',
    'export const owner: string | undefined = rows[0]?.owner?.name',
  ]
}

function isFirst(at: number): boolean {
  return at % chainLength === 1
}
