import type { SchemaDialect } from '../../schema/index.ts'
import type { Drafts } from './draft-references.ts'
import { call, openRecord, partsOf, type Expression } from './expression.ts'
import { importable } from './import-order.ts'
import type { ModelDraft } from './model-draft.ts'
import { modelExpression, type Expressing } from './model-expression.ts'
import { notesOfModel } from './notes-of.ts'
import { printExpression } from './print-expression.ts'
import type { PulledFile } from './pulled-models.ts'

export interface Writing {
  readonly dialect: SchemaDialect
  /** Null where it has no name. */
  readonly database: string | null
  /** See `PulledModels.needs`. */
  readonly needs: readonly string[]
}

/** A file for each model, and `models.ts` with the graph. */
export function writeModels(drafts: Drafts, writing: Writing): readonly PulledFile[] {
  const expressing = { drafts, engine: writing.dialect.name, isImported: importable(drafts) }
  const inOrder = [...drafts.values()].toSorted((a, b) => (a.file < b.file ? -1 : 1))
  return [...inOrder.map((draft) => modelFile(draft, expressing, writing)), graphFile(inOrder, writing)]
}

function modelFile(draft: ModelDraft, expressing: Expressing, writing: Writing): PulledFile {
  const expression = modelExpression(draft, expressing)
  const parts = partsOf(expression)
  const functions = new Set(parts.flatMap((part) => (part.kind === 'call' ? [part.function] : [])))
  const models = new Set(parts.flatMap((part) => (part.kind === 'model' ? [part.name] : [])))
  const others = [...expressing.drafts.values()].filter(({ name }) => models.has(name))
  const start = `export const ${draft.name} = `
  const text = [
    ...header(`the table ${inOneLine(draft.live.name)}`, writing),
    ...notesOfModel(draft).map((note) => `// - ${inOneLine(note)}`),
    importLine([...functions].toSorted(), 'terrace/model'),
    ...importsOf(others),
    '',
    start + printExpression(expression, { indent: 0, column: start.length, behind: 0 }),
    '',
  ]
  return { path: draft.file, text: text.join('\n') }
}

function graphFile(drafts: readonly ModelDraft[], writing: Writing): PulledFile {
  const models = drafts.map(({ name }): readonly [string, Expression] => [name, { kind: 'model', name }])
  const text = [
    ...header('the models', writing),
    ...needsHeader(writing.needs),
    importLine(['graph'], 'terrace/model'),
    ...importsOf(drafts),
    '',
    `export const models = ${printExpression(call('graph', openRecord(models)))}`,
    '',
  ]
  return { path: 'models.ts', text: text.join('\n') }
}

function header(what: string, { dialect, database }: Writing): readonly string[] {
  const where = database === null ? '' : `, database ${inOneLine(database)}`
  return [`// Pulled from ${dialect.server.product}${where}: ${what}.`]
}

function needsHeader(needs: readonly string[]): readonly string[] {
  if (needs.length === 0) return []
  const what = '// They name what they do not make. Before a database is made of them from nothing, run:'
  return [what, ...needs.map((sql) => `// - ${inOneLine(sql)}`)]
}

function importsOf(drafts: readonly ModelDraft[]): readonly string[] {
  return drafts.toSorted((a, b) => (a.file < b.file ? -1 : 1)).map(({ name, file }) => importLine([name], `./${file}`))
}

function importLine(names: readonly string[], from: string): string {
  const line = `import { ${names.join(', ')} } from '${from}'`
  if (line.length <= 100) return line
  return `import {\n${names.map((name) => `  ${name},\n`).join('')}} from '${from}'`
}

/** A name of a database can have anything in it. */
function inOneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
}
