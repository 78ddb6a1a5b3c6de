import { readFileSync } from 'node:fs'
import { registerHooks, stripTypeScriptTypes } from 'node:module'
import { fileURLToPath } from 'node:url'

export interface FreshModules {
  /** From here on every module is loaded anew. */
  begin(): void
  /** A module by its path from the root. */
  load(path: string): Promise<unknown>
}

const generation = /\?generation=\d+$/

/**
 * Loads the modules below `root` anew for each mutant: nothing that one left in them reaches the next, and what runs while a module
 * is loaded can be changed too. `replaced`: bare names that stand for a module of ours.
 */
export function freshModules(root: URL, replaced: Readonly<Record<string, URL>>): FreshModules {
  const texts = new Map<string, string>()
  registerHooks({
    resolve(specifier, context, next) {
      const [suffix] = generation.exec(context.parentURL ?? '') ?? []
      if (suffix === undefined) return next(specifier, context)
      const other = replaced[specifier]
      if (other !== undefined) return { url: other.href, format: 'module', shortCircuit: true }
      if (!specifier.startsWith('.') || !specifier.endsWith('.ts')) return next(specifier, context)
      return { url: `${new URL(specifier, context.parentURL).href}${suffix}`, format: 'module', shortCircuit: true }
    },
    load(url, context, next) {
      if (!generation.test(url)) return next(url, context)
      const path = fileURLToPath(url.replace(generation, ''))
      const source = texts.get(path) ?? stripTypeScriptTypes(readFileSync(path, 'utf8'))
      texts.set(path, source)
      return { format: 'module', source, shortCircuit: true }
    },
  })
  let count = 0
  return {
    begin: () => void (count += 1),
    load: (path) => import(`${new URL(path, root).href}?generation=${count}`),
  }
}
