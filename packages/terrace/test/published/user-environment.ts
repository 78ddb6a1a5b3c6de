/**
 * The environment of somebody who has nothing to do with this repository: npm hands its settings down to what it runs, also
 * to these tests. Registry and cache are the user's own and stay.
 */
export function userEnvironment(): NodeJS.ProcessEnv {
  const ofRepository =
    /^(NODE_OPTIONS|INIT_CWD|VITEST.*|npm_(package|lifecycle)_.*|npm_config_(node_options|local_prefix|ignore_scripts))$/i
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ofRepository.test(name)))
}
