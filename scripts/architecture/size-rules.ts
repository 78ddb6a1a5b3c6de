import type { CheckedFile, RuleContext, Violation } from './violation.ts'

export function checkSizes({ place, facts }: CheckedFile, { architecture }: RuleContext): readonly Violation[] {
  const { fileLines, functionLines } = architecture.limits
  const tooLong = facts.codeLines > fileLines ? [longFile(place.path, facts.codeLines, fileLines)] : []
  // A test's outer functions only group the tests inside them, so there each function answers for its own lines.
  const size = place.isTest ? 'ownCodeLines' : 'codeLines'
  const functions = facts.functions
    .filter((fact) => fact[size] > functionLines)
    .map((fact): Violation => ({
      rule: 'function-size',
      path: place.path,
      line: fact.line,
      found: `${fact.name} has ${fact[size]} lines of code, ${functionLines} are allowed`,
      why: 'A function is read as one thought.',
      remedy: 'Give each step a function with the name of what it returns or does.',
    }))
  return [...tooLong, ...functions]
}

function longFile(path: string, lines: number, limit: number): Violation {
  return {
    rule: 'file-size',
    path,
    line: 1,
    found: `the file has ${lines} lines of code, ${limit} are allowed`,
    why: 'A file is named after the one thing it exports; this one holds several.',
    remedy: 'Split it by what changes together.',
  }
}
