import { errors } from '../errors/index.ts'
import type { DeclaredError } from '../errors/index.ts'
import type { DeclarationProblem, MountedRoute } from '../http/index.ts'

/** Codes that mean two things: one of Terrace's declared anew, or two errors of the app's under one code. */
export function errorCodeProblems(
  own: Readonly<Record<string, DeclaredError>>,
  routes: readonly MountedRoute[],
): readonly DeclarationProblem[] {
  const meanings = new Map<string, DeclaredError['definition']>(
    Object.entries(errors).map(([code, { definition }]) => [code, definition]),
  )
  const declared = new Set([...Object.values(own), ...routes.flatMap((route) => route.errors)])
  return [...declared].flatMap(({ code, definition }) => {
    const known = meanings.get(code) ?? definition
    meanings.set(code, known)
    return known === definition ? [] : [clash(code)]
  })
}

function clash(code: string): DeclarationProblem {
  const isOurs = Object.hasOwn(errors, code)
  return {
    where: `error ${code}`,
    problem: isOurs ? 'Terrace has an error of this code already' : 'two errors have this code',
    remedy: 'Choose another code: clients tell errors apart by it',
  }
}
