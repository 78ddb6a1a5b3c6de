import { resource } from 'terrace/http'
import { AuthorService } from './author.service.ts'

export const authors = resource(AuthorService, { path: '/authors', only: ['list', 'get'], list: { sort: ['name'] } })
