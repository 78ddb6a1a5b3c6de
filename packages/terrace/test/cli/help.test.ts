import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import { commands } from '../../src/cli/commands/commands.ts'
import { usageOf } from '../../src/cli/command/help.ts'
import { exitMeanings } from '../../src/cli/exit-codes.ts'
import { projectFolder } from './project-folder.ts'

// An empty folder: what a command takes is told also where nothing is configured.
const project = projectFolder()
afterAll(() => project.remove())

const names = commands.map(({ name }) => name)

describe('help', () => {
  test.each([[[]], [['--help']], [['-h']], [['help']], [['db']], [['db', '--help']]])(
    'of terrace %j lists every command with its line',
    async (words) => {
      const { code, out, err } = await project.terrace(words)
      expect([code, err]).toEqual([0, ''])
      const isGroup = words[0] === 'db'
      for (const { name, summary } of commands.filter(({ name: each }) => !isGroup || each.startsWith('db ')))
        expect(out).toMatch(new RegExp(`terrace ${name} +${escaped(summary)}`))
    },
  )

  test.each(commands)('of $name says how it is called, each flag, each exit code, and shows it', async (command) => {
    const { code, out, err } = await project.terrace([...command.name.split(' '), '--help'])
    expect([code, err]).toEqual([0, ''])
    expect(out).toContain(usageOf(command))
    for (const [name, { summary }] of Object.entries(command.flags))
      expect(out).toContain(line(`--${name}`, summary, out))
    for (const [name, { summary }] of Object.entries(command.arguments))
      expect(out).toMatch(new RegExp(`<${name}> +${escaped(summary)}`))
    for (const exit of Object.keys(exitMeanings)) expect(out).toMatch(new RegExp(`^ {2}${exit} +\\w`, 'm'))
    for (const example of command.examples) expect(out).toContain(`$ ${example.command}`)
  })

  test('is given before anything else that is wrong is looked at', async () => {
    expect(await project.terrace(['db', 'restore', '--bogus', '-h'])).toMatchObject({ code: 0, err: '' })
  })

  test('says what a code means for this command, where that is more than the table', async () => {
    const { out } = await project.terrace(['db', 'check', '--help'])
    expect(out).toMatch(/^ {2}3 +the models differ from the head, or from the database$/m)
  })
})

test('--version is that of the package', async () => {
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  const { version } = JSON.parse(manifest) as { readonly version: string }
  expect(await project.terrace(['--version'])).toMatchObject({ code: 0, out: `${version}\n`, err: '' })
})

describe('records', () => {
  test('name each command and each flag once', () => {
    expect(names).toEqual([...new Set(names)])
    expect(names.every((name) => /^(db |openapi )?[a-z]+$/.test(name))).toBe(true)
    for (const { flags } of commands) {
      const shorts = Object.values(flags).flatMap(({ short }) => short ?? [])
      expect(shorts).toEqual([...new Set(shorts)])
    }
  })

  test('have a description, an example and the fields of the result', () => {
    for (const { description, examples, result, summary } of commands) {
      expect(summary).toMatch(/^[A-Z].*\.$/)
      expect([description.length, examples.length, Object.keys(result).length].every((count) => count > 0)).toBe(true)
    }
  })

  test('name flags in conflicts that they have', () => {
    for (const { conflicts, flags } of commands)
      for (const both of conflicts) expect(Object.keys(flags)).toEqual(expect.arrayContaining([...both]))
  })

  test('show examples that can be called so', async () => {
    for (const { examples } of commands)
      for (const { command } of examples) {
        const name = names.find((each) => `${command} `.startsWith(`terrace ${each} `))
        expect([command, name]).toEqual([command, expect.any(String)])
      }
  })
})

function escaped(text: string): string {
  return text.replaceAll(/[$()*+./?[\\\]^{|}]/g, String.raw`\$&`)
}

/** The line of a flag in a help; the text itself where there is none, for the message. */
function line(flag: string, summary: string, out: string): string {
  return new RegExp(`${flag}\\b.* {2,}${escaped(summary)}`).exec(out)?.[0] ?? `${flag}  ${summary}`
}
