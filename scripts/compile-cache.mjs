// Node strips the types of some 300 files and compiles some 700 at each start; it keeps the result of both on disk.
import module from 'node:module'

module.enableCompileCache?.()
