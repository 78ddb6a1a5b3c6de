import { createApp } from '../../src/app/index.ts'
import type { App } from '../../src/app/index.ts'
import { authentication, bearer, group, plain, resource } from '../../src/http/index.ts'
import type { ResponseStyle, RouteTrees } from '../../src/http/index.ts'
import { CrudService } from '../../src/service/index.ts'
import { models } from './models.ts'

export class NoteService extends CrudService(models.Note) {}
export class RemarkService extends CrudService(models.Remark) {}
export class PlainService extends CrudService(models.Plain) {}

/** Changed by its owner alone, and never once it is marked as final. */
export class NoticeService extends CrudService(models.Notice, {
  policies: { update: ({ row }) => !row.words.startsWith('final') },
}) {}

/** Credentials are names. */
export const person = authentication('person', {
  scheme: bearer({ form: () => true }),
  verify: ({ token }) => Promise.resolve(token === 'nobody' ? null : token),
  actor: (id) => ({ Person: id }),
})

export const as = (name: string): Readonly<Record<string, string>> => ({ authorization: `Bearer ${name}` })

export function appOf(routes: RouteTrees, responses: ResponseStyle = plain): App {
  return createApp({ title: 'Notes', version: '1.0.0', models, responses, routes: [group({ auth: person }, routes)] })
}

export const notes = resource(NoteService, { path: '/notes', put: 'merge' })
export const strictNotes = resource(NoteService, { path: '/notes', put: 'merge', precondition: 'required' })
