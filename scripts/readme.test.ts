import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
let folder: string

// Inside of the repository, where `terrace` is found, in a folder that git ignores.
beforeAll(() => {
  mkdirSync(join(root, '.vitest'), { recursive: true })
  folder = mkdtempSync(join(root, '.vitest', 'readme-'))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(folder, 'tsconfig.json'), '{ "extends": "../../tsconfig.json", "include": ["*.ts"] }')
  for (const [name, code] of filesOf(readFileSync(join(root, 'README.md'), 'utf8')))
    writeFileSync(join(folder, name), code)
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Code blocks that begin with the name of their file. */
function filesOf(markdown: string): readonly (readonly [string, string])[] {
  const blocks = markdown.matchAll(/```ts\n\/\/ (\w+\.ts)\n([^]*?)```/g)
  return [...blocks].map(([, name = '', code = '']) => [name, code] as const)
}

function run(...parameters: string[]): string {
  return execFileSync(process.execPath, parameters, { cwd: folder, encoding: 'utf8' })
}

test('the code of the README type-checks', { timeout: 60_000 }, () => {
  expect(run(join(root, 'node_modules/typescript/bin/tsc'), '-p', '.')).toBe('')
})

test('the script of the README runs, also a second time', () => {
  const script = () => run('--conditions=terrace:source', 'data.ts')
  expect(script()).toContain("name: 'Bread'")
  expect(script().match(/name: 'Bread'/g)).toHaveLength(2)
})
