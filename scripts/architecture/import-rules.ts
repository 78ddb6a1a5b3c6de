import type { PackageHome } from '../../architecture.config.ts'
import { placeOf, resolveRelative, type Place } from './layer-map.ts'
import type { ImportFact } from './source-facts.ts'
import type { CheckedFile, RuleContext, Violation } from './violation.ts'

/** The rules about what one file of the library imports; files elsewhere have none. */
export function checkImports({ place, facts }: CheckedFile, context: RuleContext): readonly Violation[] {
  if (place.inSource === null) return []
  return [
    ...placeViolations(place, context),
    ...facts.imports.flatMap((fact) => importViolations(place, fact, context)),
    ...(place.isTest ? [] : facts.computedImports.map((line) => computedImport(place, line))),
  ]
}

function placeViolations(place: Place, context: RuleContext): readonly Violation[] {
  if (place.layer === null) return [noLayer(place, context)]
  if (!place.path.endsWith('/index.ts') || isDoor(place)) return []
  return [
    {
      rule: 'inner-index',
      path: place.path,
      line: 1,
      found: `an index.ts inside the layer ${place.layer}`,
      why: 'A layer has one door, so that a reader sees in one file what it offers.',
      remedy: 'Name the file after the one thing it exports, and import the files behind it directly.',
    },
  ]
}

function noLayer(place: Place, context: RuleContext): Violation {
  return {
    rule: 'no-layer',
    path: place.path,
    line: 1,
    found: 'a source file that is in none of the layers',
    why: 'A file without a layer has no place in the order of imports.',
    remedy: `Move it into one of ${context.layers.folders.join(', ')}; a new layer is added to architecture.config.ts.`,
  }
}

function importViolations(place: Place, fact: ImportFact, context: RuleContext): readonly Violation[] {
  const target = resolveRelative(place.path, fact.specifier)
  if (target !== null)
    return fileImportViolations(place, fact, { target: placeOf(target, context.architecture), context })
  return place.isTest ? [] : packageImportViolations(place, fact, context)
}

function fileImportViolations(
  place: Place,
  fact: ImportFact,
  { target, context }: { readonly target: Place; readonly context: RuleContext },
): readonly Violation[] {
  if (place.layer === null || target.layer === null) return []
  if (target.layer === place.layer) return place.isTest || !isDoor(target) ? [] : [ownDoor(place, fact)]
  const isForbidden = !place.isTest && !context.layers.allowed.get(place.layer)?.has(target.layer)
  return [
    ...(isForbidden ? [forbiddenLayer(place, fact, { target, context })] : []),
    ...(isDoor(target) || isContract(target, context) ? [] : [innerImport(place, fact, target)]),
  ]
}

function isDoor(place: Place): boolean {
  return place.inSource === `${place.layer}/index.ts`
}

/** Contract suites are many files on purpose: a test imports the one it runs. */
function isContract(target: Place, { architecture }: RuleContext): boolean {
  return architecture.databaseNames.testFolders.some((folder) => target.inSource?.startsWith(`${folder}/`))
}

function ownDoor(place: Place, fact: ImportFact): Violation {
  return {
    rule: 'own-door',
    path: place.path,
    line: fact.line,
    found: `${place.layer} imports its own door by '${fact.specifier}'`,
    why: 'The door imports every file of the layer, so importing it from inside makes a circle.',
    remedy: 'Import the file that declares what you need.',
  }
}

function forbiddenLayer(
  place: Place,
  fact: ImportFact,
  { target, context }: { readonly target: Place; readonly context: RuleContext },
): Violation {
  const allowed = [...(context.layers.allowed.get(place.layer ?? '') ?? [])]
  return {
    rule: 'layer-order',
    path: place.path,
    line: fact.line,
    found: `${place.layer} imports ${target.layer} by '${fact.specifier}'`,
    why: `${place.layer} may import ${allowed.length === 0 ? 'no layer' : allowed.join(', ')}; types count as values do.`,
    remedy: 'Move what is shared to a layer below both, or take it as an argument from the layer above.',
  }
}

function innerImport(place: Place, fact: ImportFact, target: Place): Violation {
  return {
    rule: 'inner-import',
    path: place.path,
    line: fact.line,
    found: `${place.layer} reaches into ${target.layer} by '${fact.specifier}'`,
    why: 'Behind its door a layer is free to change.',
    remedy: `Import it from ${target.layer}/index.ts, and export it there if it belongs to what the layer offers.`,
  }
}

function computedImport(place: Place, line: number): Violation {
  return {
    rule: 'computed-import',
    path: place.path,
    line,
    found: 'an import() of a relative path that is put together at run time',
    why: 'Neither this check nor a bundler can see what it loads.',
    remedy: "Write a table of functions, one import('./literal.ts') each.",
  }
}

function packageImportViolations(place: Place, fact: ImportFact, context: RuleContext): readonly Violation[] {
  const { architecture } = context
  if (namesPackage(fact.specifier, architecture.packageName)) return [ownPackage(place, fact)]
  return architecture.packages
    .filter((home) => home.packages.some((name) => namesPackage(fact.specifier, name)))
    .filter((home) => place.layer === null || !home.layers.includes(place.layer))
    .map((home) => foreignPackage(place, fact, home))
}

function namesPackage(specifier: string, name: string): boolean {
  return specifier === name || specifier.startsWith(name.endsWith('/') ? name : `${name}/`)
}

function ownPackage(place: Place, fact: ImportFact): Violation {
  return {
    rule: 'own-door',
    path: place.path,
    line: fact.line,
    found: `the library imports itself as a package by '${fact.specifier}'`,
    why: 'What that name leads to depends on how the program was started: the source or a build.',
    remedy: "Import the layer's door by a relative path.",
  }
}

function foreignPackage(place: Place, fact: ImportFact, home: PackageHome): Violation {
  return {
    rule: 'package-home',
    path: place.path,
    line: fact.line,
    found: `${place.layer ?? 'a file in no layer'} imports the package '${fact.specifier}'`,
    why: home.why,
    remedy: `Only ${home.layers.join(', ')} may name it: use what that layer's door offers.`,
  }
}
