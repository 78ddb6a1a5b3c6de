import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Models refer to the one before them in chains of this length, so that no chain is longer in a larger graph. */
const chainLength = 10

export interface AppSize {
  readonly models: number
  /** Each DAO has a hand-written query too. */
  readonly hasQueries: boolean
}

/**
 * Writes an app of `count` models as a user would: a file for each model, one graph over all, and for each model a file that
 * has a DAO of its own, creates, updates, and lists with its child (the last of a chain with its parent) and its owner.
 */
export function writeModels(folder: string, { models: count, hasQueries }: AppSize): void {
  mkdirSync(folder, { recursive: true })
  const write = (name: string, lines: readonly string[]): void =>
    writeFileSync(join(folder, `${name}.ts`), `${lines.join('\n')}\n`)
  write('model0', ownerModel)
  for (let at = 1; at < count; at += 1) write(`model${at}`, ownedModel(at))
  write('models', graphOf(count))
  for (let at = 1; at < count; at += 1) write(`use${at}`, [...useOf(at, count), ...(hasQueries ? queryOf(at) : [])])
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

function useOf(at: number, count: number): readonly string[] {
  const hasChild = at + 1 < count && !isFirst(at + 1)
  const include = hasChild ? `children: models.Model${at + 1}` : `parent: models.Model${isFirst(at) ? at : at - 1}`
  return [
    "import { Dao } from 'terrace/dao'",
    "import { models } from './models.ts'",
    'declare const session: ConstructorParameters<ReturnType<typeof Dao<typeof models.Model0>>>[0]',
    `class Dao${at} extends Dao(models.Model${at}) {}`,
    `const dao = new Dao${at}(session)`,
    `const created = await dao.create({ name: 'a', count: ${at} })`,
    "await dao.update(created.id, { price: null, state: 'done' })",
    `const { rows } = await dao.list({ include: { ${include}, owner: models.Model0 }, where: { count: { gte: 1 } }, sort: ['-name'] })`,
    hasChild
      ? 'export const found: number | undefined = rows[0]?.children[0]?.count'
      : 'export const found: number | undefined = rows[0]?.parent?.count',
    'export const owner: string | undefined = rows[0]?.owner?.name',
  ]
}

/** A hand-written query, typed over the whole graph. */
function queryOf(at: number): readonly string[] {
  return [
    `class Named${at} extends Dao${at} {`,
    "  named(name: string) { return this.select((query) => query.where('name', '=', name)) }",
    '}',
    `export const price: string | null | undefined = (await new Named${at}(session).named('a'))[0]?.price`,
  ]
}

function isFirst(at: number): boolean {
  return at % chainLength === 1
}
