import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inOneLine, isAsExpected } from './docs/expected-output.ts'
import { pageOf, type Page, type Step } from './docs/page.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const paths = globSync(['README*.md', 'packages/*/README*.md', 'docs/**/*.md'], { cwd: root }).toSorted()
const textOf = (path: string) => readFileSync(join(root, path), 'utf8')
const pages = paths.map((path) => pageOf(path, textOf(path)))

// Inside of the repository, where `terrace` is found, in a folder that git ignores.
let folder: string
const servers = new Set<ChildProcess>()
beforeAll(async () => {
  mkdirSync(join(root, '.vitest'), { recursive: true })
  folder = mkdtempSync(join(root, '.vitest', 'docs-'))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(tsconfig))
})
afterAll(() => {
  for (const server of servers) server.kill('SIGKILL')
  rmSync(folder, { recursive: true })
})

const tsconfig = {
  extends: '../../tsconfig.json',
  // An example declares what its reader would use.
  compilerOptions: { noUnusedLocals: false, noUnusedParameters: false },
  include: ['**/*.ts'],
}

test('every block of TypeScript type-checks', { timeout: 120_000 }, () => {
  for (const page of pages) write(page, page.path)
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const { stdout, stderr } = spawnSync(process.execPath, [tsc, '-p', '.'], { cwd: folder, encoding: 'utf8' })
  const errors = stdout.split(/\n(?=\S)/).filter((error) => error !== '')
  // The library's own errors are those of `npm run check`.
  expect([stderr, errors.filter((error) => !error.startsWith('..'))]).toEqual(['', []])
})

describe.each(pages.filter(({ steps }) => steps.length > 0))('$path', (page) => {
  test('prints and answers what it says', { timeout: 120_000 }, async () => {
    const port = await freePort()
    const place = write(page, join('run', page.path), (text) => text.replaceAll('9999', String(port)))
    for (const step of page.steps) {
      const failure = await failureOf(step, { place, port })
      expect(failure).toBeNull()
    }
  })
})

describe.each(paths)('%s', (path) => {
  test('links to what is there', () => {
    const links = [...textOf(path).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link)
    const relative = links.filter((link) => !/^[a-z]+:/.test(link))
    expect(relative.filter((link) => !leadsSomewhere(path, link))).toEqual([])
  })
})

function write({ files }: Page, to: string, change: (text: string) => string = (text) => text): string {
  const place = join(folder, to)
  for (const [name, text] of files) {
    mkdirSync(dirname(join(place, name)), { recursive: true })
    writeFileSync(join(place, name), change(text))
  }
  return place
}

interface Running {
  readonly place: string
  /** In place of 9999. */
  readonly port: number
}

function failureOf(step: Step, running: Running): Promise<object | null> | object | null {
  if (step.kind === 'run') return runFailure(step.file, step.expected, running)
  if (step.kind === 'serve') return serveFailure(step.file, running)
  const failures = step.commands.map(({ command, expected }) => commandFailure(command, expected, running))
  return failures.find((failure) => failure !== null) ?? null
}

const { NODE_OPTIONS: _, ...inherited } = process.env
const environment = { ...inherited, NO_COLOR: '1' }

function runFailure(file: string, expected: string, { place }: Running): object | null {
  const parameters = ['--conditions=terrace:source', file]
  return outputFailure(file, expected, spawnSync(process.execPath, parameters, { ...options(place) }))
}

function commandFailure(command: string, expected: string, { place, port }: Running): object | null {
  const ported = command.replaceAll('9999', String(port))
  const done = spawnSync('bash', ['-c', ported], { ...options(place) })
  return outputFailure(command, expected.replaceAll('9999', String(port)), done)
}

function options(cwd: string) {
  return { cwd, env: environment, encoding: 'utf8', timeout: 60_000 } as const
}

function outputFailure(
  what: string,
  expected: string,
  { status, stdout, stderr }: { readonly status: number | null; readonly stdout: string; readonly stderr: string },
): object | null {
  if (status === 0 && isAsExpected(stdout, expected)) return null
  return { what, status, stderr, printed: inOneLine(stdout), expected: inOneLine(expected) }
}

async function serveFailure(file: string, { place }: Running): Promise<object | null> {
  const server = spawn(process.execPath, ['--conditions=terrace:source', file], {
    cwd: place,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  servers.add(server)
  let printed = ''
  server.stderr.on('data', (bytes) => (printed += String(bytes)))
  const hasStarted = await new Promise<boolean>((resolve) => {
    server.once('close', () => resolve(false))
    server.stdout.on('data', (bytes) => {
      printed += String(bytes)
      if (printed.includes('"listening"')) resolve(true)
    })
  })
  return hasStarted ? null : { what: file, printed }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

function leadsSomewhere(from: string, link: string): boolean {
  const [file = '', anchor] = link.split('#')
  const target = file === '' ? from : join(dirname(from), file)
  if (!existsSync(join(root, target))) return false
  return anchor === undefined || !target.endsWith('.md') || anchorsOf(textOf(target)).includes(anchor)
}

/** As GitHub makes them: lower case, spaces as hyphens, without other signs. */
function anchorsOf(markdown: string): readonly string[] {
  return [...markdown.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )
}
