import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { commands } from '../packages/terrace/src/cli/commands/commands.ts'
import { rules } from '../packages/terrace/src/contract/diff/rules.ts'
import { commandPage } from './docs/command-page.ts'
import { rulePage } from './docs/rule-page.ts'

const page = readFileSync(new URL('../docs/en/command-line.md', import.meta.url), 'utf8')

test('the page of the command line says what the commands say of themselves: npm run docs:commands writes it', () => {
  expect(commandPage(page, commands)).toBe(page)
})

test('a command that is not on the page, or is on it in other words, is found', () => {
  const [first, ...others] = commands
  expect(commandPage(page, others)).not.toBe(page)
  expect(first?.summary).toBeDefined()
  const changed = commands.map((command) => ({ ...command, summary: `${command.summary} Or not.` }))
  expect(commandPage(page, changed)).not.toBe(page)
})

test('a page without the place for it is refused', () => {
  expect(() => commandPage(page.replace('<!-- exit codes -->', ''), commands)).toThrow('no place for exit codes')
})

test('the page of clients says by which rules documents are compared: npm run docs:commands writes it', () => {
  const clients = readFileSync(new URL('../docs/en/client.md', import.meta.url), 'utf8')
  expect(rulePage(clients, rules)).toBe(clients)
  const { 'operation-removed': removed } = rules
  expect(rulePage(clients, { ...rules, 'operation-removed': { ...removed, breaks: false } as never })).not.toBe(clients)
})
