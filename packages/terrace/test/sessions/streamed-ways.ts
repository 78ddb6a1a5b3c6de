import { setTimeout as sleep } from 'node:timers/promises'
import { content, reply, route, type RouteTree } from '../../src/http/index.ts'
import { Entries, labelled } from './entries.ts'
import type { Stage } from './stage.ts'
import { refusedAtCommit } from './works.ts'

type Source = (call: { readonly label: string; readonly entries: Entries; readonly stage: Stage }) => unknown

const sources: Readonly<Record<string, Source>> = {
  'content-text': ({ label }) => label,
  'content-pieces': async function* ({ label }) {
    yield `${label} `
    await sleep(1)
    yield 'ended'
  },
  'content-empty': async function* () {},
  // oxlint-disable-next-line require-yield -- it fails before there is anything
  'content-fails-first': async function* () {
    await Promise.resolve()
    throw new Error('the file is gone')
  },
  'content-wrong-first': () => [5],
  'content-fails-later': async function* ({ label }) {
    yield `${label} `
    await sleep(5)
    throw new Error('the disk is full')
  },
  'content-asks-first': async function* ({ label, entries }) {
    yield JSON.stringify((await entries.list({ where: { label } })).rows)
  },
  'content-asks-later': async function* ({ label, entries }) {
    yield `${label} `
    yield JSON.stringify((await entries.list({ where: { label } })).rows)
  },
  'content-endless': async function* ({ label, stage }) {
    try {
      for (;;) {
        yield 'x'.repeat(10_000)
        await sleep(1)
      }
    } finally {
      stage.mark(label)
    }
  },
  'content-untidy': async function* () {
    try {
      yield 'begun'
      yield 'never asked for'
    } finally {
      // oxlint-disable-next-line no-unsafe-finally -- what a cleanup that fails does
      throw new Error('the file cannot be closed')
    }
  },
  'content-no-content': () => null,
  'content-wrong-length': () => reply(200, 'as long as it is', { 'content-length': '3' } as never),
}

/** Ways of an answer that is made while it is sent. */
export function streamedWays(stage: Stage): readonly RouteTree[] {
  return Object.entries(sources).map(([name, source]) =>
    route(`POST /${name}` as 'POST /way', {
      summary: name,
      body: labelled,
      responses: { 200: content('text/plain') },
      use: { entries: Entries },
      handler: async ({ body: { label }, use: { entries } }) => {
        stage.begin(label)
        await entries.write(label, name === 'content-untidy' ? { note: refusedAtCommit } : {})
        return source({ label, entries, stage }) as string
      },
    }),
  )
}
