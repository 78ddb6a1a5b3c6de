import { fileURLToPath } from 'node:url'
import { architecture } from '../architecture.config.ts'
import { checkArchitecture } from './architecture/check.ts'
import { readSources } from './architecture/read-sources.ts'
import { violationText } from './architecture/violation.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const startedAt = performance.now()
const sources = await readSources(root, architecture.alsoMeasured)
const violations = checkArchitecture(architecture, sources)
for (const violation of violations) console.log(violationText(violation))

const seconds = ((performance.now() - startedAt) / 1000).toFixed(2)
console.log(`${violations.length} violations, ${sources.size} files, ${seconds} s`)
process.exitCode = violations.length === 0 ? 0 : 1
