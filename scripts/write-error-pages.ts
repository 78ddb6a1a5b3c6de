import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { errorPage } from './docs/error-page.ts'
import { registerFacts } from './docs/register-facts.ts'

// npm run docs:errors: what the register says of each error, in the documentation.
const facts = await registerFacts()
for (const language of ['en', 'zh'] as const) {
  const path = fileURLToPath(new URL(`../docs/${language}/errors.md`, import.meta.url))
  writeFileSync(path, errorPage(readFileSync(path, 'utf8'), facts, language))
}
