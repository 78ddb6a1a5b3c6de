import { createApp, type App } from '../../src/app/index.ts'
import { errors } from '../../src/errors/index.ts'
import { group, plain, publicAccess, route, type RouteTree } from '../../src/http/index.ts'
import { endingErrors, endingModels, Entries, labelled, said } from './entries.ts'
import { guardedWays } from './guarded-ways.ts'
import type { Stage } from './stage.ts'
import { streamedWays } from './streamed-ways.ts'
import { works, type Work } from './works.ts'

/** An app with one route for each way in which the work of a request can end. */
export function endingsApp(stage: Stage): App {
  const routes = Object.entries(works).map(([name, work]) => wayOf(name, work, stage))
  const asked = route('GET /asked', {
    summary: 'Writes where it is asked',
    query: labelled,
    responses: { 200: said },
    use: { entries: Entries },
    handler: async ({ query: { label }, use }) => {
      stage.begin(label)
      await use.entries.write(label)
      return { text: label }
    },
  })
  return createApp({
    title: 'Endings',
    version: '1.0.0',
    models: endingModels,
    responses: plain,
    routes: [
      group({ auth: publicAccess('a test') }, [...routes, asked, ...guardedWays(stage), ...streamedWays(stage)]),
    ],
  })
}

function wayOf(name: string, work: Work, stage: Stage): RouteTree {
  return route(`POST /${name}` as 'POST /way', {
    summary: name,
    body: labelled,
    responses: { 200: said },
    errors: [endingErrors.ENTRY_REFUSED, errors.UNIQUE],
    use: { entries: Entries },
    repeatable: name.startsWith('repeatable-'),
    handler: ({ body: { label }, use: { entries }, signal }) => {
      const run = stage.begin(label)
      const worked = work({ label, entries, run, stage, signal })
      return worked instanceof Promise
        ? worked.then((answer) => answer ?? { text: label })
        : (worked ?? { text: label })
    },
  })
}
