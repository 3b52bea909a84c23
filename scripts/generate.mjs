// Writes lib/contracts/generated/*-abi.ts from forge's output. `--check` writes nothing and fails when a file is stale.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const outFolder = join('out', 'abi');
const generatedFolder = join('lib', 'contracts', 'generated');

/** Each ABI is the union of its artifacts: the interface says what is promised, models and libraries add their errors. */
const abis = [
  { name: 'vault', artifacts: ['interfaces/IVault'] },
  { name: 'market', artifacts: ['interfaces/IMarket'] },
  { name: 'blobs', artifacts: ['interfaces/IBlobs'] },
  { name: 'lens', artifacts: ['interfaces/ILens'] },
  { name: 'create2Search', artifacts: ['interfaces/IVerifier'] },
];

function build() {
  const sources = [...new Set(abis.flatMap(({ artifacts }) => artifacts))].map((path) =>
    join('contracts', 'src', `${path}.sol`),
  );
  const path = [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
  const run = spawnSync(
    'forge',
    ['build', ...sources, '--out', outFolder, '--cache-path', join('cache', 'abi')],
    { cwd: root, encoding: 'utf8', env: { ...process.env, PATH: path } },
  );
  if (run.error)
    throw new Error(`forge did not start (${run.error.message}); run npm install, or foundryup.`);
  if (run.status !== 0) throw new Error(`forge build failed:\n${run.stdout}${run.stderr}`);
}

function abiOf(artifact) {
  const file = artifact.slice(artifact.lastIndexOf('/') + 1);
  return JSON.parse(readFileSync(join(root, outFolder, `${file}.sol`, `${file}.json`), 'utf8')).abi;
}

/** A parameter without `internalType`, which no reader needs. */
function parameter({ name, type, indexed, components }) {
  return {
    name,
    type,
    ...(indexed === undefined ? {} : { indexed }),
    ...(components ? { components: components.map(parameter) } : {}),
  };
}

function entry({ type, name, stateMutability, inputs, outputs }) {
  return {
    type,
    name,
    ...(inputs ? { inputs: inputs.map(parameter) } : {}),
    ...(outputs ? { outputs: outputs.map(parameter) } : {}),
    ...(stateMutability ? { stateMutability } : {}),
  };
}

/** Functions, events and errors by name, each signature once. Constructors are left out: deploying is forge's work. */
function union(artifacts) {
  const entries = artifacts
    .flatMap(abiOf)
    .filter(({ type }) => type === 'function' || type === 'event' || type === 'error')
    .map(entry);
  const bySignature = new Map(
    entries.map((one) => [`${one.type} ${one.name}(${one.inputs.map(({ type }) => type)})`, one]),
  );
  return [...bySignature.keys()].sort().map((key) => bySignature.get(key));
}

function literal(value) {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (value === null || typeof value !== 'object')
    return typeof value === 'string' ? `'${value}'` : `${value}`;
  const fields = Object.entries(value).map(([key, field]) => `${key}: ${literal(field)}`);
  return `{ ${fields.join(', ')} }`;
}

function textOf({ name, artifacts }) {
  const lines = union(artifacts).map((one) => `  ${literal(one)},\n`);
  return `// Made by \`npm run generate\` from the contracts. Do not edit.\nexport const ${name}Abi = [\n${lines.join('')}] as const;\n`;
}

function fileOf(name) {
  const kebab = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return join(generatedFolder, `${kebab}-abi.ts`);
}

try {
  build();
  const checking = process.argv.includes('--check');
  mkdirSync(join(root, generatedFolder), { recursive: true });
  const stale = abis.filter((abi) => {
    const file = join(root, fileOf(abi.name));
    const text = textOf(abi);
    if (existsSync(file) && readFileSync(file, 'utf8') === text) return false;
    if (!checking) writeFileSync(file, text);
    return true;
  });
  const names = stale.map(({ name }) => fileOf(name)).join(', ');
  if (checking && stale.length > 0)
    throw new Error(`Stale: ${names}. Run npm run generate and commit the result.`);
  console.log(stale.length > 0 ? `Written: ${names}` : 'Generated files are fresh.');
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
