import Sqlite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commands } from '../../src/cli/commands/commands.ts'
import { aligned } from '../../src/cli/print/aligned.ts'
import { paletteFor, plainPalette } from '../../src/cli/print/palette.ts'
import { TerminalReport } from '../../src/cli/print/report.ts'
import { withoutPasswords } from '../../src/cli/print/without-passwords.ts'
import { configText, modelsText, projectFolder, type ProjectFolder } from './project-folder.ts'
import { terraceProcess } from './terrace-process.ts'

let project: ProjectFolder
beforeAll(() => {
  project = projectFolder({ 'models.ts': modelsText() })
  project.write('terrace.config.ts', configText(project.url))
})
afterAll(() => project.remove())

// oxlint-disable-next-line no-control-regex -- what is looked for are control codes
const controlCodes = /[\u0000-\u0009\u000B-\u001F\u007F]/

describe('colours', () => {
  const cases: readonly (readonly [boolean, boolean, Readonly<Record<string, string>>, boolean])[] = [
    [true, false, {}, true],
    [false, false, {}, false],
    [true, false, { NO_COLOR: '1' }, false],
    [true, false, { NO_COLOR: '' }, true],
    [true, false, { TERM: 'dumb' }, false],
    [false, false, { FORCE_COLOR: '1' }, true],
    [true, false, { FORCE_COLOR: '0' }, false],
    [false, false, { FORCE_COLOR: '1', NO_COLOR: '1' }, true],
    [true, true, { FORCE_COLOR: '1' }, false],
  ]
  test.each(cases)('on a terminal (%j), --no-color (%j), in %j: %j', (isTTY, isPlain, env, isColoured) => {
    const output = { isTTY, write: () => true }
    expect(paletteFor(output, { isPlain, env }).bad('x') !== 'x').toBe(isColoured)
  })

  test('stand in results and errors on a terminal, and in no pipe', async () => {
    const colour = '\u001B['
    const good = await project.terrace(['db', 'plan'], { isTerminal: true })
    const bad = await project.terrace(['db', 'plan', '--xyzzy'], { isTerminal: true })
    expect([good.out.includes(colour), bad.err.includes(colour)]).toEqual([true, true])
    const plain = await project.terrace(['db', 'plan', '--no-color'], { isTerminal: true })
    expect(plain.out).not.toMatch(controlCodes)
  })

  test('and control codes are in no pipe of a process', async () => {
    for (const words of [
      ['db', 'plan'],
      ['db', '--help'],
      ['db', 'nothing'],
    ]) {
      const { out, err } = await terraceProcess(words, { cwd: project.folder, env: { TERM: 'xterm-256color' } }).ended
      expect((out + err).length).toBeGreaterThan(20)
      expect(out + err).not.toMatch(controlCodes)
    }
  })
})

test('names of a database that have control codes have none where they are shown', async () => {
  const database = new Sqlite(project.path('odd.db'))
  database.exec('create table "a\u001B]0;owned\u0007\u001B[2Jz" (id integer primary key)')
  database.close()
  const words = ['db', 'plan', '--url', `sqlite:${project.path('odd.db')}`]
  const { out } = await project.terrace(words)
  expect(out).toContain('table a\uFFFD]0;owned\uFFFD\uFFFD[2Jz')
  expect(out).not.toMatch(controlCodes)
  const terminal = await project.terrace(words, { isTerminal: true })
  expect(terminal.out).toContain('a\uFFFD]0;owned\uFFFD\uFFFD[2Jz')
})

describe('--json', () => {
  test('is one document on standard output and nothing on standard error, of a success and of a failure', async () => {
    const success = await project.terrace(['db', 'plan', '--json'], { isTerminal: true })
    expect(success.err).toBe('')
    expect(Object.keys(success.json())).toEqual(['ok', 'command', 'result'])
    const failure = await project.terrace(['db', 'plan', '--json', '--xyzzy'], { isTerminal: true })
    expect(failure.err).toBe('')
    expect(failure.json()).toEqual({
      ok: false,
      command: 'db plan',
      error: {
        code: 'CLI_USAGE',
        message: 'Called wrongly: db plan has no flag --xyzzy',
        remedy: 'terrace db plan --help says what it takes',
        values: { problem: expect.any(String), remedy: expect.any(String) },
      },
    })
    expect((await project.terrace(['bd', '--json'])).json()).toMatchObject({ ok: false, command: null })
  })
})

describe('progress', () => {
  function watched(isTTY: boolean, isQuiet = false) {
    let now = 0
    let text = ''
    const output = { isTTY, columns: 30, write: (part: string) => (text += part) }
    const report = new TerminalReport({ output, palette: plainPalette, isQuiet, clock: () => now })
    return { report, text: () => text, after: (ms: number) => (now += ms) }
  }

  test('is one line that changes on a terminal, cut to its width and taken away at the end', () => {
    const { report, text, after } = watched(true)
    report.progress('rows of products', 10, 40)
    report.progress('rows of products', 11, 40)
    after(200)
    report.progress('rows of products', 1_240_000, 2_000_000)
    report.clear()
    expect(text()).toBe('\rrows of products: 10 of 40 (2\u001B[K\rrows of products: 1,240,000 o\u001B[K\r\u001B[K')
  })

  test('is a line every few seconds elsewhere, and nothing where the work is short', () => {
    const { report, text, after } = watched(false)
    for (let done = 0; done <= 70; done += 1) {
      report.progress('rows', done, 100)
      after(100)
    }
    report.clear()
    expect(text()).toBe('rows: 30 of 100 (30%)\nrows: 60 of 100 (60%)\n')
  })

  test('where nobody knows of how much, is a count', () => {
    const { report, text, after } = watched(false)
    after(4000)
    report.progress('copied', 12_345)
    expect(text()).toBe('copied: 12,345\n')
  })

  test('is not told with --quiet, and nor are notes', () => {
    const { report, text, after } = watched(true, true)
    after(9000)
    report.progress('rows', 1, 2)
    report.waiting()
    report.clear()
    expect([text(), report.isWaiting]).toEqual(['', true])
  })

  test('makes room for a note', () => {
    const { report, text } = watched(true)
    report.progress('rows', 1, 2)
    report.note('another process is at work')
    expect(text()).toBe('\rrows: 1 of 2 (50%)\u001B[K\r\u001B[Kanother process is at work\n')
  })
})

test('a reader that goes away before the end is no failure', async () => {
  const { child, ended } = terraceProcess(['db', 'plan', '--help'], { cwd: project.folder })
  child.stdout?.destroy()
  expect(await ended).toEqual({ code: 0, out: '', err: '' })
})

test('what is refused says what to write in a shell', async () => {
  await project.terrace(['db', 'sync'])
  project.write('renamed.ts', modelsText('title: text()').replace(`name: text().length(1, 40),`, ''))
  const { err } = await project.terrace(['db', 'sync', '--models', 'renamed.ts'])
  expect(err).toContain(`terrace db sync --allow 'drop-column products.name'`)
  const revision = ['db', 'revision', '--models', 'renamed.ts', '-m', 'x']
  await project.terrace(['db', 'revision', '-m', 'first'])
  expect((await project.terrace(revision)).err).toContain(`terrace db revision --allow 'drop-column products.name'`)
})

describe('a password', () => {
  const secret = 'hunter2%2Fsecret'
  const url = `postgres://app:${secret}@127.0.0.1:1/shop?password=${secret}`

  test.each(commands)('is told by $name neither to people nor to programs', async (command) => {
    const words = Object.entries(command.arguments).flatMap(([name, { kind }]) =>
      kind === 'required' ? [name === 'to' ? url : 'x'] : [],
    )
    const flags = { url, scratch: url, message: 'x', models: 'models.ts' }
    const given = Object.entries(flags).flatMap(([name, value]) => (name in command.flags ? [`--${name}`, value] : []))
    for (const more of [[], ['--json']]) {
      const { code, out, err } = await project.terrace([...command.name.split(' '), ...words, ...given, ...more])
      expect([code, code === 0 || (out + err).length > 20]).toEqual([expect.any(Number), true])
      for (const part of [secret, decodeURIComponent(secret), 'hunter2']) expect(out + err).not.toContain(part)
    }
  })
})

test('columns are as wide as what is shown, whatever colours it has', () => {
  const rows = [
    ['a', '\u001B[31mlong\u001B[39m', 'x'],
    ['Größe', 'b', ''],
  ]
  expect(aligned(rows, ' ')).toEqual([' a      \u001B[31mlong\u001B[39m  x', ' Größe  b'])
})

test.each([
  ['cannot open postgres://app:hunter2@db/shop now', 'cannot open postgres://app@db/shop now'],
  ['mysql://root:p@ss:w0rd@host', 'mysql://root@host'],
  ['postgres://h/x?user=u&password=hunter2&sslmode=no', 'postgres://h/x?user=u&password=…&sslmode=no'],
  ['sqlite:shop.db and http://host:80/a@b', 'sqlite:shop.db and http://host:80/a@b'],
])('%j is told without its password', (text, told) => {
  expect(withoutPasswords(text)).toBe(told)
})
