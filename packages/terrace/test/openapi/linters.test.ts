import { describe, expect, test } from 'vitest'
import { appOptions } from '../../../../apps/countonme/src/app.ts'
import { createApp } from '../../src/app/index.ts'
import type { WireNames } from '../../src/dto/index.ts'
import { envelope, openApiDocument, plain, problem } from '../../src/http/index.ts'
import type { OpenApiDocument } from '../../src/http/index.ts'
import { bazaarApp } from './bazaar-app.ts'
import { redoclyFindings, spectralFindings } from './findings.ts'

const styles = [envelope, plain, problem]
const wires: readonly WireNames[] = ['camel', 'snake']
const variants = styles.flatMap((responses) =>
  wires.map((wire) => ({ responses, wire, name: `${responses.name} · ${wire}` })),
)

const documents = new Map<string, () => OpenApiDocument>([
  ...variants.map(
    ({ responses, wire, name }) =>
      [`CountOnMe · ${name}`, () => openApiDocument(createApp({ ...appOptions, responses, wire }))] as const,
  ),
  ...variants.map(
    ({ responses, wire, name }) =>
      [`every feature · ${name}`, () => openApiDocument(bazaarApp({ responses, wire }))] as const,
  ),
])

/** Spectral takes seconds for each: with TERRACE_TEST_ALL=1 it reads them all (`npm run test:openapi`). */
const forSpectral = ['CountOnMe · plain · camel', 'CountOnMe · problem · snake', 'every feature · envelope · snake']
const readsAll = process.env['TERRACE_TEST_ALL'] === '1'

function documentNamed(name: string): OpenApiDocument {
  return (documents.get(name) as () => OpenApiDocument)()
}

describe('nothing is said of a document', { timeout: 60_000 }, () => {
  test.each([...documents.keys()])('by Redocly: %s', async (name) => {
    expect(await redoclyFindings(documentNamed(name))).toEqual([])
  })

  test.each(readsAll ? [...documents.keys()] : forSpectral)('by Spectral: %s', async (name) => {
    expect(await spectralFindings(documentNamed(name))).toEqual([])
  })
})

test('both would say something of operations without ids', { timeout: 60_000 }, async () => {
  const { paths, ...document } = openApiDocument(createApp(appOptions))
  const [[path, operations] = ['', {}]] = Object.entries(paths)
  const nameless = Object.entries(operations).map(([method, { operationId: _operationId, ...rest }]) => [method, rest])
  const broken = { ...document, paths: { [path]: Object.fromEntries(nameless) } } as OpenApiDocument
  expect((await redoclyFindings(broken)).join('\n')).toContain('operation-operationId')
  expect((await spectralFindings(broken)).join('\n')).toContain('operation-operationId')
})
