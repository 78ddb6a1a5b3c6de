import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { ErrorDefinition } from '../../packages/terrace/src/errors/index.ts'
import type { ErrorFile, RegisterFacts } from './error-page.ts'
import { issueTexts } from '../../packages/terrace/src/errors/register/issue-texts.ts'

const folder = new URL('../../packages/terrace/src/errors/register/', import.meta.url)

/** Every file of the register as it stands: one that `register.ts` does not name is found too. */
export async function registerFacts(): Promise<RegisterFacts> {
  const names = readdirSync(fileURLToPath(folder)).filter((name) => name.endsWith('-errors.ts'))
  const files = await Promise.all(names.toSorted().map(fileOf))
  return { files, issueTexts }
}

async function fileOf(name: string): Promise<ErrorFile> {
  const exported: object = await import(new URL(name, folder).href)
  const definitions = Object.assign({}, ...Object.values(exported)) as Readonly<Record<string, ErrorDefinition>>
  return { name: name.slice(0, -'.ts'.length), definitions }
}
