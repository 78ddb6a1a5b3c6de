import { computed, read } from 'terrace/dto'
import { oneOf } from 'terrace/model'
import { models } from '../models.ts'

// A draft is another model, so there is one word for each: for clients that show both.
export const status = oneOf('draft', 'published')
type Status = 'draft' | 'published'

export const post = read(models.Post, { computed: { status: computed(status, (): Status => 'published') } })
export const postLine = read(models.Post, { except: ['body'], name: 'PostLine' })
export const draft = read(models.Draft, { computed: { status: computed(status, (): Status => 'draft') } })
