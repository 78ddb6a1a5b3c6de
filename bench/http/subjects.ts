import { startBare } from './bare-subject.ts'
import { startBlog } from './blog/blog-subject.ts'
import { startFastifyBlog } from './blog/fastify-blog-subject.ts'
import { startFastify } from './fastify-subject.ts'
import type { StartSubject } from './subject.ts'
import { startTerrace } from './terrace-subject.ts'

/** What is compared, Terrace first. */
export const subjects = {
  Terrace: startTerrace,
  Fastify: startFastify,
  'node:http': startBare,
} as const satisfies Record<string, StartSubject>

/** Of the Blog, over SQLite. */
export const blogSubjects = {
  Blog: startBlog,
  'Fastify Blog': startFastifyBlog,
} as const satisfies Record<string, StartSubject>

export const allSubjects = { ...subjects, ...blogSubjects } as const

export type SubjectName = keyof typeof allSubjects

export const subjectNames = Object.keys(subjects) as readonly (keyof typeof subjects)[]
export const blogSubjectNames = Object.keys(blogSubjects) as readonly (keyof typeof blogSubjects)[]
