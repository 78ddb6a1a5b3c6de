import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { userEnvironment } from './user-environment.ts'

const root = fileURLToPath(new URL('../../../..', import.meta.url))
const packageFolder = join(root, 'packages/terrace')

type Target = Readonly<Record<string, string>>

const { exports, devDependencies } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as {
  readonly exports: Readonly<Record<string, string | Target>>
  readonly devDependencies: Readonly<Record<string, string>>
}

const modules = Object.entries(exports).filter((entry): entry is [string, Target] => typeof entry[1] === 'object')

/** The public names: `terrace/model`, … */
export const entries: readonly string[] = modules.map(([subpath]) => subpath.replace('.', 'terrace'))

/** Where each of them leads, by condition. */
export const targets: readonly Target[] = modules.map(([, target]) => target)

/** The app that the package's own README shows. */
export const tenLines: string = /```ts file=app\.ts\n\/\/ app\.ts\n([^]*?)```/.exec(
  readFileSync(join(packageFolder, 'README.md'), 'utf8'),
)?.[1] as string

/** A folder outside the repository in which a user has installed Terrace and SQLite's driver. */
export interface InstalledPackage {
  readonly folder: string
  /** Paths in the tarball. */
  readonly files: ReadonlySet<string>
  /** The environment of somebody who has nothing to do with this repository. */
  readonly environment: NodeJS.ProcessEnv
  write(name: string, text: string): void
  /** What `node …` prints there; rejects where it fails, with what it printed. */
  node(...parameters: string[]): Promise<string>
  /** What TypeScript has against `app.ts` and its like. */
  typeErrors(): Promise<string>
  remove(): void
}

export async function installPackage(): Promise<InstalledPackage> {
  const folder = mkdtempSync(join(tmpdir(), 'terrace-installed-'))
  const environment = userEnvironment()
  const remove = () => rmSync(folder, { recursive: true })
  const files = await packAndInstall(folder, environment).catch((error: unknown) => {
    remove()
    throw error
  })
  const node = (...parameters: string[]) => run(process.execPath, parameters, { cwd: folder, env: environment })
  return {
    folder,
    files,
    environment,
    write: (name, text) => writeFileSync(join(folder, name), text),
    node,
    typeErrors: () => node(join(root, 'node_modules/typescript/bin/tsc'), '-p', '.').catch(outputOf),
    remove,
  }
}

async function packAndInstall(folder: string, env: NodeJS.ProcessEnv): Promise<ReadonlySet<string>> {
  const { tarball, files } = await pack(folder, env)
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  const driver = `better-sqlite3@${devDependencies['better-sqlite3']}`
  const quickly = ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund']
  await run('npm', ['install', ...quickly, tarball, driver], { cwd: folder, env })
  return files
}

/**
 * Packs a copy of the package, since a `dist/` left in the repository could be run in place of the source. The copy is inside
 * of the repository, where its build finds TypeScript and the drivers' types.
 */
async function pack(folder: string, env: NodeJS.ProcessEnv) {
  mkdirSync(join(root, '.vitest'), { recursive: true })
  const staging = mkdtempSync(join(root, '.vitest', 'pack-'))
  const copy = join(staging, 'packages/terrace')
  try {
    cpSync(join(root, 'tsconfig.json'), join(staging, 'tsconfig.json'))
    cpSync(packageFolder, copy, {
      recursive: true,
      filter: (path) => !['node_modules', 'dist', 'test'].includes(basename(path)),
    })
    const ownModules = join(packageFolder, 'node_modules')
    if (existsSync(ownModules)) symlinkSync(ownModules, join(copy, 'node_modules'))
    const options = ['--json', '--silent', '--pack-destination', folder]
    const printed = await run('npm', ['pack', ...options], { cwd: copy, env })
    return packed(printed, folder)
  } finally {
    rmSync(staging, { recursive: true })
  }
}

interface PackReport {
  readonly filename: string
  readonly files: readonly { readonly path: string }[]
}

/** The build's own lines stand before the report, which is a list or, in later versions of npm, keyed by package. */
function packed(printed: string, folder: string) {
  const [report] = Object.values(JSON.parse(printed.slice(printed.search(/^[[{]/m))) as Record<string, PackReport>)
  if (report === undefined) throw new Error(`npm pack reported nothing: ${printed}`)
  return { tarball: join(folder, report.filename), files: new Set(report.files.map(({ path }) => path)) }
}

async function run(command: string, parameters: readonly string[], options: { cwd: string; env: NodeJS.ProcessEnv }) {
  try {
    return (await promisify(execFile)(command, parameters, { ...options, maxBuffer: 1 << 26 })).stdout
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { readonly stdout?: string; readonly stderr?: string }
    throw new CommandFailed(`${stdout}${stderr}`, { cause: error })
  }
}

/** Its message is what the command printed. */
class CommandFailed extends Error {}

function outputOf(error: unknown): string {
  if (error instanceof CommandFailed) return error.message
  throw error
}
