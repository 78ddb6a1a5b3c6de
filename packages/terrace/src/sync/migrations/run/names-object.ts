import type { OpaqueObject } from '../../../schema/index.ts'
import { mentions } from './mentions.ts'

/** Their names are apart from those of columns, so that a statement which means one says what it is. */
const kindWords: Readonly<Partial<Record<OpaqueObject['kind'], string>>> = {
  trigger: 'trigger',
  view: 'view',
  materializedView: 'view',
  policy: 'policy',
  rule: 'rule',
}

/** Whether a statement may mean an object that models cannot declare. */
export function namesObject(sql: string, { kind, name }: Pick<OpaqueObject, 'kind' | 'name'>): boolean {
  const word = kindWords[kind]
  return mentions(sql, name) && (word === undefined || mentions(sql, word))
}
