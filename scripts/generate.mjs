// Writes lib/contracts/generated/*-abi.ts and the local chain's deployment from the contracts, and the kernels' texts.
// `--check` leaves every file as it was and fails when one is stale.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { kernelSources } from './generate-kernels.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
// A build of its own, so that it neither waits for nor disturbs another one.
const outFolder = join('out', 'abi');
const generatedFolder = join('lib', 'contracts', 'generated');
const deploymentFile = join('lib', 'contracts', 'deployments', '31337.json');

/** Each ABI is the union of its artifacts: the interface says what is promised, the contract adds its libraries' errors. */
const abis = [
  { name: 'vault', artifacts: ['IVault', 'Vault'] },
  // Of its libraries only what cannot fail is called.
  { name: 'fraudProof', artifacts: ['IFraudProof'] },
  { name: 'market', artifacts: ['IMarket', 'Market'] },
  { name: 'blobs', artifacts: ['IBlobs', 'Blobs'] },
  { name: 'lens', artifacts: ['ILens', 'Lens'] },
  { name: 'create2Search', artifacts: ['IVerifier', 'Create2Search'] },
];

const kinds = ['function', 'event', 'error'];

/** Runs the deployment without a chain: that compiles every contract and writes the addresses that follow from their code. */
function build() {
  const path = [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
  const run = spawnSync(
    'forge',
    ['script', 'contracts/script/Deploy.s.sol', '--out', outFolder, '--cache-path', join('cache', 'abi')],
    { cwd: root, encoding: 'utf8', env: { ...process.env, PATH: path } },
  );
  if (run.error)
    throw new Error(`forge did not start (${run.error.message}); run npm install, or foundryup.`);
  if (run.status !== 0) throw new Error(`forge script failed:\n${run.stdout}${run.stderr}`);
}

function textAt(file) {
  const path = join(root, file);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

function abiOf(artifact) {
  return JSON.parse(readFileSync(join(root, outFolder, `${artifact}.sol`, `${artifact}.json`), 'utf8')).abi;
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

/**
 * Functions, events and errors, each name once: nothing is overloaded, and an error that a library repeats under an
 * interface's name is one that it cannot raise here. Constructors are left out: deploying is forge's work.
 */
function union(artifacts) {
  const byName = new Map();
  for (const one of artifacts.flatMap(abiOf).filter(({ type }) => kinds.includes(type))) {
    const key = `${one.type} ${one.name}`;
    if (!byName.has(key)) byName.set(key, entry(one));
  }
  return [...byName.keys()].sort().map((key) => byName.get(key));
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
  const checking = process.argv.includes('--check');
  mkdirSync(join(root, generatedFolder), { recursive: true });
  const deploymentBefore = textAt(deploymentFile);
  build();
  const stale = [
    ...abis.map((abi) => ({ file: fileOf(abi.name), text: textOf(abi) })),
    kernelSources(),
  ].filter(({ file, text }) => textAt(file) !== text);
  if (!checking) for (const { file, text } of stale) writeFileSync(join(root, file), text);
  const names = stale.map(({ file }) => file);
  if (textAt(deploymentFile) !== deploymentBefore) {
    names.push(deploymentFile);
    if (checking && deploymentBefore !== undefined)
      writeFileSync(join(root, deploymentFile), deploymentBefore);
  }
  if (checking && names.length > 0) {
    throw new Error(`Stale: ${names.join(', ')}. Run npm run generate and commit the result.`);
  }
  console.log(names.length > 0 ? `Written: ${names.join(', ')}` : 'Generated files are fresh.');
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
