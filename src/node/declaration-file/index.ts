export { type ParsedYaml, parseYaml } from './parse-yaml.ts'
export { readDeclarationFile } from './read-declaration-file.ts'
