import { readFileSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { projectFolder, type ProjectFolder } from './project-folder.ts'

const service = `
export class ProductService {
  purgeAll() {
    return this.session.unscoped('nightly purge', (all) => all.use(ProductDao).purgeDeleted({ olderThanDays: 30 }))
  }
}
`

let project: ProjectFolder
beforeEach(() => {
  project = projectFolder({ 'src/product.service.ts': service, 'src/app.ts': `import './product.service.ts'` })
})
afterEach(() => project.remove())

interface Baseline {
  format: number
  places: { file: string; kind: string; within: string; text: string; count: number; why: string }[]
}

const file = (): string => project.path('terrace.scope.json')
const baseline = (): Baseline => JSON.parse(readFileSync(file(), 'utf8')) as Baseline

/** Enters what there is, and says why. */
async function reviewed(): Promise<void> {
  await project.terrace(['scope', '--update'])
  const { format, places } = baseline()
  writeFileSync(file(), JSON.stringify({ format, places: places.map((place) => ({ ...place, why: 'It is a job.' })) }))
}

describe('terrace scope', () => {
  test('lists each place, and fails on one that is not reviewed, with what to do', async () => {
    const { code, out, err } = await project.terrace(['scope'])
    expect(code).toBe(3)
    expect(out).toMatch(/2 files, reviewed in terrace\.scope\.json/)
    expect(out).toMatch(
      /src\/product\.service\.ts:4 +unscopedSession +ProductService\.purgeAll +this\.session\.unscoped/,
    )
    expect(err).toContain(
      "- src/product.service.ts:4 unscopedSession in ProductService.purgeAll: this.session.unscoped('nightly purge'. Not reviewed.",
    )
    expect(err).toContain('terrace scope --update')
  })

  test('enters new places with an empty why, which fails until somebody says it', async () => {
    const updated = await project.terrace(['scope', '--update'])
    expect([updated.code, updated.err]).toEqual([3, expect.stringContaining('Its why is empty.')])
    expect(baseline()).toEqual({
      format: 1,
      places: [
        {
          file: 'src/product.service.ts',
          kind: 'unscopedSession',
          within: 'ProductService.purgeAll',
          text: "this.session.unscoped('nightly purge'",
          count: 1,
          why: '',
        },
      ],
    })
    await reviewed()
    expect(await project.terrace(['scope'])).toMatchObject({ code: 0, err: '' })
  })

  test('lines may move, and what is done with the rows may change', async () => {
    await reviewed()
    project.write('src/product.service.ts', `\n\n// more\n${service.replace('30', '60')}`)
    expect((await project.terrace(['scope'])).code).toBe(0)
  })

  test('a place more than was counted, a moved file and another reason are not reviewed', async () => {
    await reviewed()
    project.write(
      'src/product.service.ts',
      service.replace('purgeAll() {', `purgeAll() {\n    this.session.unscoped('nightly purge', (all) => all)`),
    )
    const more = await project.terrace(['scope', '--json'])
    expect(more.code).toBe(3)
    expect(more.json().result?.['unreviewed']).toMatchObject([{ line: 5, kind: 'unscopedSession' }])
    // The others of the same entry were looked at, but not this one.
    await project.terrace(['scope', '--update'])
    expect(baseline().places).toMatchObject([{ count: 2, why: '' }])
    await reviewed()
    project.write('src/product.service.ts', service.replace('nightly purge', 'hourly purge'))
    const other = await project.terrace(['scope'])
    expect(other.err).toContain('Not reviewed.')
    expect(other.err).toContain('No place is left, or fewer than 2.')
  })

  test('an entry without a place fails, and --update leaves it out', async () => {
    await reviewed()
    project.write('src/product.service.ts', 'export {}')
    const stale = await project.terrace(['scope', '--json'])
    expect(stale.code).toBe(3)
    expect(stale.json().result).toMatchObject({ places: [], stale: [{ kind: 'unscopedSession', why: 'It is a job.' }] })
    expect(await project.terrace(['scope', '--update'])).toMatchObject({ code: 0, err: '' })
    expect(baseline().places).toEqual([])
  })

  test('a part of the project is compared with the entries of that part, and --update keeps the others', async () => {
    await reviewed()
    project.write('tools/job.ts', `import pg from 'pg'`)
    expect((await project.terrace(['scope', 'src'])).code).toBe(0)
    const tools = await project.terrace(['scope', 'tools', '--json'])
    expect(tools.json().result).toMatchObject({ unreviewed: [{ file: 'tools/job.ts', kind: 'driver' }], stale: [] })
    await project.terrace(['scope', 'tools', '--update'])
    expect(baseline().places.map(({ file: named, why }) => [named, why])).toEqual([
      ['src/product.service.ts', 'It is a job.'],
      ['tools/job.ts', ''],
    ])
  })

  test('a file that does not parse is named with its line, the others are listed, and it fails at the end', async () => {
    await reviewed()
    project.write('src/broken.ts', 'export const a = 1\nexport const = 2')
    const { code, out, err } = await project.terrace(['scope'])
    expect(code).toBe(3)
    expect(out).toContain('src/product.service.ts:4')
    expect(err).toContain('- src/broken.ts:2 does not parse, and nothing is known of it: ')
  })

  test('gives one document, with what depends on values as may', async () => {
    project.write('src/list.ts', `export const list = (mode: Mode) => dao.list({ deleted: mode })`)
    const { code, json } = await project.terrace(['scope', '--json'])
    expect(code).toBe(3)
    expect(json()).toMatchObject({
      ok: false,
      command: 'scope',
      error: { code: 'CHECK_OUTSIDE_SCOPE', values: { count: 2 } },
      result: {
        files: 3,
        places: [
          { file: 'src/list.ts', line: 1, kind: 'deletedRows', certainty: 'may', within: 'list', reason: null },
          { file: 'src/product.service.ts', certainty: 'is', reason: 'nightly purge' },
        ],
        written: false,
      },
    })
  })

  test.each([
    ['no JSON', '{', 'it is no JSON: '],
    ['another format', '{ "format": 2, "places": [] }', 'its "format" is not 1'],
    ['no list', '{ "format": 1 }', 'its "places" is no list'],
    ['an entry with a line', '{ "format": 1, "places": [{ "line": 3 }] }', 'entry 1: it has the key "line"'],
    [
      'an entry without a why',
      '{ "format": 1, "places": [{ "file": "a", "kind": "driver", "within": "", "text": "" }] }',
      'entry 1: its "why" is no text',
    ],
    [
      'an unknown kind',
      '{ "format": 1, "places": [{ "file": "a", "kind": "x", "within": "", "text": "", "count": 1, "why": "" }] }',
      'entry 1: its "kind" is none of',
    ],
    [
      'no count',
      '{ "format": 1, "places": [{ "file": "a", "kind": "driver", "within": "", "text": "", "count": 0, "why": "" }] }',
      'entry 1: its "count" is no number from 1',
    ],
  ])('a file of reviewed places with %s is refused', async (_, text, problem) => {
    project.write('terrace.scope.json', text)
    const { code, err } = await project.terrace(['scope'])
    expect([code, err]).toEqual([
      2,
      expect.stringContaining(`error CHECK_BASELINE: terrace.scope.json cannot be used: ${problem}`),
    ])
  })

  test('an entry that is there twice is refused', async () => {
    await reviewed()
    const { format, places } = baseline()
    writeFileSync(file(), JSON.stringify({ format, places: [...places, ...places] }))
    expect((await project.terrace(['scope'])).err).toContain('entry 2 is there twice: src/product.service.ts')
  })

  test('a path that is not there is refused', async () => {
    expect(await project.terrace(['scope', 'source'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('source is not there'),
    })
  })
})
