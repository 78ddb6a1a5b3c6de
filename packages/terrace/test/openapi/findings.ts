import { createConfig, lintFromString } from '@redocly/openapi-core'
import core from '@stoplight/spectral-core'
import type { RulesetDefinition } from '@stoplight/spectral-core'
import rulesets from '@stoplight/spectral-rulesets'
import type { OpenApiDocument } from '../../src/http/index.ts'

const { Spectral } = core

/** What Spectral's `oas` ruleset says of a document, at every severity; empty for nothing. */
export async function spectralFindings(document: OpenApiDocument): Promise<readonly string[]> {
  const spectral = new Spectral()
  // Its own types do not fit each other.
  const oas = rulesets.oas as unknown as RulesetDefinition
  spectral.setRuleset({ extends: [[oas, 'recommended']] })
  // As the text says it: what is shared in memory is written out.
  const results = await spectral.run(JSON.stringify(document))
  return results.map(({ code, path, message }) => `${code} ${path.join('/')}: ${message}`)
}

/** What Redocly's `recommended` ruleset says of a document. */
export async function redoclyFindings(document: OpenApiDocument): Promise<readonly string[]> {
  const config = await createConfig({ extends: ['recommended'] })
  const source = JSON.stringify(document)
  const problems = await lintFromString({ source, absoluteRef: '/openapi.json', config })
  return problems.map(({ ruleId, location, message }) => `${ruleId} ${location[0]?.pointer}: ${message}`)
}
