import type { LiveStructure, OpaqueObject } from '../../schema/index.ts'
import type { Drafts } from './draft-references.ts'
import type { LeftOut } from './pulled-models.ts'

const words: Readonly<Record<OpaqueObject['kind'], string>> = {
  view: 'view',
  materializedView: 'materialized view',
  foreignTable: 'foreign table',
  partitionedTable: 'partitioned table',
  partition: 'partition',
  virtualTable: 'virtual table',
  shadowTable: "virtual table's own table",
  unreadableTable: 'table',
  trigger: 'trigger',
  sequence: 'sequence',
  enum: 'enum',
  domain: 'domain',
  routine: 'routine',
  index: 'index',
  constraint: 'constraint',
  policy: 'policy',
  rule: 'rule',
  extensionObject: "extension's object",
}

/** What models cannot declare: by kind, as every later plan keeps it. */
export function leftObjects(live: LiveStructure, drafts: Drafts): readonly LeftOut[] {
  return [...live.opaque.map(leftObject), ...[...drafts.values()].flatMap((draft) => leftParts(draft.live, drafts))]
}

function leftObject({ kind, name, table }: OpaqueObject): LeftOut {
  const object = `${words[kind]} ${table === null || table === name ? name : `${table}.${name}`}`
  return { object, reason: reasons[kind] ?? kept }
}

const kept = 'no model declares one; it is kept as it is'
const putBack = `${kept}, and put back where a change has to take it away`
const named = 'no model makes one; columns that have it as their type are declared by its values'

const reasons: Readonly<Partial<Record<OpaqueObject['kind'], string>>> = {
  view: putBack,
  materializedView: putBack,
  trigger: putBack,
  rule: putBack,
  policy: putBack,
  enum: named,
  domain: named,
  unreadableTable: 'its text could not be read',
}

/** Parts of tables that have models. */
function leftParts({ name, foreignKeys, indexes }: LiveStructure['snapshot']['tables'][string], drafts: Drafts) {
  return [
    ...foreignKeys
      .filter((key) => !drafts.has(key.targetTable))
      .map((key) => ({
        object: `foreign key ${name}.${key.name ?? key.columns.join('_')}`,
        reason: `it leads to ${key.targetTable}, which has no model`,
      })),
    ...indexes
      .filter(({ valid }) => !valid)
      .map((index) => ({
        object: `index ${name}.${index.name}`,
        reason: 'no statement uses it: it was never built to its end, or is switched off',
      })),
  ]
}
