import { afterAll, describe, expect, test } from 'vitest'
import { commands } from '../../src/cli/commands/commands.ts'
import { projectFolder } from './project-folder.ts'

const project = projectFolder()
afterAll(() => project.remove())

async function refusal(words: readonly string[]): Promise<readonly [string, string]> {
  const ran = await project.terrace(words)
  expect([ran.code, ran.out]).toEqual([2, ''])
  const [, message = '', remedy = ''] = /^error CLI_USAGE: Called wrongly: (.*)\n {2}→ (.*)\n$/.exec(ran.err) ?? []
  return [message, remedy]
}

describe('a command that there is not', () => {
  test.each([
    [['db', 'upgarde'], 'there is no command terrace db upgarde', 'Did you mean terrace db upgrade?'],
    [['upgrade'], 'there is no command terrace upgrade', 'Did you mean terrace db upgrade?'],
    [['bd'], 'there is no command terrace bd', 'Did you mean terrace db?'],
    [['db', 'xyzzy'], 'there is no command terrace db xyzzy', 'terrace db --help says which there are'],
    [['--verison'], 'terrace has no flag --verison', 'Did you mean --version?'],
    [['db', '--hlep'], 'terrace db has no flag --hlep', 'Did you mean --help?'],
  ])('%j is answered with the nearest', async (words, problem, remedy) => {
    expect(await refusal(words)).toEqual([problem, remedy])
  })

  test('or a flag before it is answered in the way that was asked for', async () => {
    const { error } = (await project.terrace(['--json', 'db', 'plan'])).json()
    expect(error).toMatchObject({ code: 'CLI_USAGE', remedy: 'Flags stand behind the command: terrace --help' })
  })
})

/** Words that a command cannot do without. */
function needed(command: (typeof commands)[number]): readonly string[] {
  const words = Object.values(command.arguments).flatMap(({ kind }) => (kind === 'required' ? ['x'] : []))
  const flags = Object.entries(command.flags).flatMap(([name, flag]) =>
    flag.kind === 'text' && flag.isRequired ? [`--${name}`, 'x'] : [],
  )
  return [...command.name.split(' '), ...words, ...flags]
}

describe.each(commands)('$name', (command) => {
  const words = needed(command)

  test('refuses a flag that it has not, and names the nearest of each that it has', async () => {
    expect(await refusal([...words, '--xyzzy'])).toEqual([
      `${command.name} has no flag --xyzzy`,
      `terrace ${command.name} --help says what it takes`,
    ])
    expect(await refusal([...words, '-z'])).toEqual([expect.stringContaining('has no flag -z'), expect.any(String)])
    for (const name of Object.keys({ json: true, config: true, ...command.flags })) {
      const misspelt = `${name}${name.at(-1)}`
      const [message, remedy] = await refusal([...words, `--${misspelt}`])
      expect([message, remedy]).toEqual([`${command.name} has no flag --${misspelt}`, `Did you mean --${name}?`])
    }
  })

  test('refuses a flag without its value, a value too much, and one that is given twice', async () => {
    for (const [name, { kind }] of Object.entries(command.flags).filter(([, flag]) => flag.kind === 'switch'))
      expect([kind, (await refusal([...words, `--${name}=yes`]))[0]]).toEqual(['switch', `--${name} takes no value`])
    for (const [name, flag] of Object.entries(command.flags)) {
      if (flag.kind === 'switch') continue
      const rest = words.filter((_, at) => words[at] !== `--${name}` && words[at - 1] !== `--${name}`)
      expect(await refusal([...rest, `--${name}`])).toEqual([
        `--${name} needs a value`,
        `Write --${name} ${flag.value}`,
      ])
      expect((await refusal([...rest, `--${name}`, '--json=1']))[0]).toBe(`--${name} needs a value`)
      expect((await refusal([...rest, `--${name}=`]))[0]).toBe(`--${name} needs a value`)
      if (flag.kind === 'list') continue
      const value = flag.kind === 'number' ? '1' : 'x'
      expect((await refusal([...rest, `--${name}`, value, `--${name}`, value]))[0]).toBe(
        `--${name} is given more than once`,
      )
    }
  })

  test('refuses an argument too much', async () => {
    const kinds = Object.values(command.arguments).map(({ kind }) => kind)
    if (kinds.includes('several')) return
    const optional = kinds.filter((kind) => kind === 'optional').map(() => 'x')
    const [message] = await refusal([...words, ...optional, 'one-too-many'])
    expect(message).toContain('"one-too-many" is too much')
  })

  test('refuses to go without an argument or a flag that it needs', async () => {
    const bare = command.name.split(' ')
    if (words.length === bare.length) return
    expect((await refusal(bare))[0]).toMatch(/^(?:<\w+>|--\w+) is missing$/)
  })

  test('refuses flags that do not go together', async () => {
    const given = (name: string): readonly string[] =>
      command.flags[name]?.kind === 'switch' ? [`--${name}`] : [`--${name}`, 'x']
    for (const names of command.conflicts)
      expect(await refusal([...words, ...names.flatMap(given)])).toEqual([
        `--${names.join(' and --')} do not go together`,
        'Give one of them',
      ])
  })
})

describe('words', () => {
  test.each(['0', '-1', '1.5', 'ten', '1e3'])('refuse %s for a number', async (value) => {
    const [message] = await refusal(['db', 'plan', `--lock-timeout=${value}`])
    expect(message).toBe('--lock-timeout is no whole number from 1')
  })

  test('take -1 and -12 for targets, and not for flags', async () => {
    for (const target of ['-1', '-12']) {
      const { code, err } = await project.terrace(['db', 'downgrade', target])
      // It is understood: what is missing is the database.
      expect([code, err]).toEqual([2, expect.stringContaining('CLI_MISSING: The command needs a database')])
    }
    expect((await refusal(['db', 'plan', '-1']))[0]).toBe('"-1" is too much: db plan takes no arguments')
    expect((await refusal(['db', 'downgrade', '-1x']))[0]).toBe('db downgrade has no flag -1')
  })

  test('behind -- are arguments, whatever they begin with', async () => {
    expect((await refusal(['db', 'plan', '--', '--json']))[0]).toBe('"--json" is too much: db plan takes no arguments')
  })
})
