import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { commands } from '../packages/terrace/src/cli/commands/commands.ts'
import { rules } from '../packages/terrace/src/contract/diff/rules.ts'
import { commandPage } from './docs/command-page.ts'
import { rulePage } from './docs/rule-page.ts'

// npm run docs:commands: what the commands say of themselves, in the documentation.
const path = fileURLToPath(new URL('../docs/en/command-line.md', import.meta.url))
writeFileSync(path, commandPage(readFileSync(path, 'utf8'), commands))

const clientPath = fileURLToPath(new URL('../docs/en/client.md', import.meta.url))
writeFileSync(clientPath, rulePage(readFileSync(clientPath, 'utf8'), rules))
