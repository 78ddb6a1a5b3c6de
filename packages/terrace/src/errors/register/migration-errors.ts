import type { ErrorDefinition } from '../terrace-error.ts'

/** Revisions: their files, their graph, and running them. */
export const migrationErrors = {
  MIGRATION_FILE: {
    kind: 'structure',
    en: '{file} is no revision that can be used: {problem}',
    zh: '{file} 不是可用的迁移文件：{problem}',
    remedy: '{remedy}',
    values: { file: 'migrations/20261121_x.ts', problem: 'it has no default export', remedy: 'Restore it' },
  },
} as const satisfies Record<string, ErrorDefinition>
