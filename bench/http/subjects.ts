import { startBare } from './bare-subject.ts'
import { startFastify } from './fastify-subject.ts'
import type { StartSubject } from './subject.ts'
import { startTerrace } from './terrace-subject.ts'

/** What is compared, Terrace first. */
export const subjects = {
  Terrace: startTerrace,
  Fastify: startFastify,
  'node:http': startBare,
} as const satisfies Record<string, StartSubject>

export type SubjectName = keyof typeof subjects

export const subjectNames = Object.keys(subjects) as readonly SubjectName[]
