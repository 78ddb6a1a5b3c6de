import { resource } from 'terrace/http'
import { TagService } from './tag.service.ts'

const options = { path: '/tags', list: { sort: ['name'] } }

/** For everybody. */
export const tags = resource(TagService, { ...options, only: ['list', 'get'] })

/** For admins. */
export const keptTags = resource(TagService, { ...options, only: ['create', 'patch', 'delete'] })
