/**
 * How long TypeScript takes to check models with DAOs, typed includes, creates and updates: `npm run bench:types`.
 *
 * Writes apps of 30 and 300 models to a temporary folder and checks each three times with the repository's own compiler and
 * settings. `total` is the whole process, library and declarations of Node included; `check` is the compiler's own figure.
 * Medians, in seconds. Ends with exit code 1 when 300 models
 * take 3 s or longer; with a hand-written query each they are reported apart.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeModels } from './write-models.ts'
import type { AppSize } from './write-models.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const limitSeconds = 3
const runs = 3

interface Measured extends AppSize {
  readonly total: number
  readonly check: number
}

function measure(folder: string, size: AppSize): Measured {
  const app = join(folder, `${size.models}${size.hasQueries ? '-queries' : ''}`)
  writeModels(app, size)
  writeFileSync(join(app, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(app, 'tsconfig.json'), JSON.stringify(settings, null, 2))
  const figures = Array.from({ length: runs }, () => compile(app))
  return { ...size, total: median(figures.map(({ total }) => total)), check: median(figures.map(({ check }) => check)) }
}

/** The app lies outside of the repository, so the library and the types of Node are found by path. */
const settings = {
  extends: join(root, 'tsconfig.json'),
  compilerOptions: {
    typeRoots: [join(root, 'node_modules/@types')],
    paths: { 'terrace/*': [join(root, 'packages/terrace/src/*/index.ts')] },
  },
  include: ['*.ts'],
}

function compile(app: string): { readonly total: number; readonly check: number } {
  const started = performance.now()
  const compiler = join(root, 'node_modules/typescript/bin/tsc')
  const { stdout, status } = spawnSync(process.execPath, [compiler, '-p', app, '--extendedDiagnostics'], {
    encoding: 'utf8',
  })
  const total = (performance.now() - started) / 1000
  const check = /^Check time:\s+([\d.]+)s/m.exec(stdout)?.[1]
  if (status !== 0 || check === undefined) throw new Error(`tsc failed:\n${stdout.slice(0, 2000)}`)
  return { total, check: Number(check) }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

function row(cells: readonly (string | number)[]): string {
  return cells.map((cell) => (typeof cell === 'number' ? cell.toFixed(2) : cell).padStart(10)).join('')
}

const folder = mkdtempSync(join(tmpdir(), 'terrace-types-'))
try {
  console.log(row(['models', 'queries', 'total, s', 'check, s']))
  const sizes = [30, 300].flatMap((models) => [false, true].map((hasQueries) => ({ models, hasQueries })))
  const measured = sizes.map((size) => measure(folder, size))
  for (const { models, hasQueries, total, check } of measured)
    console.log(row([String(models), hasQueries ? 'yes' : 'no', total, check]))
  const slowest = Math.max(...measured.filter(({ hasQueries }) => !hasQueries).map(({ total }) => total))
  console.log(
    `limit for 300 models with typed includes: ${limitSeconds} s, ${slowest < limitSeconds ? 'kept' : 'exceeded'}`,
  )
  process.exitCode = slowest < limitSeconds ? 0 : 1
} finally {
  rmSync(folder, { recursive: true })
}
