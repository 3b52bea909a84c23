// Every test of the project in one command. `npm test -- --only forge,unit` runs some of the steps.
import './node-version.mjs';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Processes } from './processes.mjs';
import { installPackages, options, requireBrowser, requireFoundry, root, run, Stop } from './setup.mjs';

const results = join(root, 'test-results');
const unitReport = join(results, 'unit.json');
const endToEndReport = join(results, 'end-to-end.json');

/**
 * In this order: what is quick to fail first. `count` reads how many tests of the step passed and failed; without it the
 * step counts as one test. `needs` names a step without whose success this one cannot run.
 */
const steps = [
  { name: 'lint', title: 'format and lint (biome)', command: ['biome', 'ci', '--colors=off', '.'] },
  { name: 'fmt', title: 'format of the contracts (forge fmt)', command: ['forge', 'fmt', '--check'] },
  { name: 'types', title: 'types (tsc)', command: ['tsc', '--noEmit', '-p', '.'] },
  {
    name: 'generated',
    title: 'generated files are fresh',
    command: [process.execPath, 'scripts/generate.mjs', '--check'],
  },
  { name: 'forge', title: 'contracts (forge test)', command: ['forge', 'test'], count: countForge },
  {
    name: 'unit',
    title: 'library, worker and scripts (vitest)',
    command: ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`],
    count: () => countVitest(unitReport),
  },
  { name: 'build', title: 'production build (next build)', command: ['next', 'build'] },
  {
    name: 'e2e',
    title: 'end to end (playwright)',
    command: ['playwright', 'test', '--reporter=list,json'],
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: endToEndReport },
    count: () => countPlaywright(endToEndReport),
    needs: 'build',
    live: true,
  },
];

await run(async () => {
  const chosen = chosenSteps();
  installPackages();
  requireFoundry();
  const browser = requireBrowser();
  mkdirSync(results, { recursive: true });
  for (const report of [unitReport, endToEndReport]) rmSync(report, { force: true });

  const processes = new Processes();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, async () => {
      await processes.stopAll();
      process.exit(130);
    });
  }

  const total = { passed: 0, failed: 0 };
  const unsuccessful = new Set();
  for (const step of chosen) {
    const outcome = unsuccessful.has(step.needs)
      ? skip(step)
      : await runStep(processes, step, { CHROMIUM_PATH: browser, ...step.env });
    if (outcome.failed > 0) unsuccessful.add(step.name);
    total.passed += outcome.passed;
    total.failed += outcome.failed;
  }
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed === 0 ? 0 : 1;
});

function chosenSteps() {
  const values = options({ only: { type: 'string' } });
  if (values.only === undefined) return steps;
  const names = values.only.split(',');
  const unknown = names.find((name) => !steps.some((step) => step.name === name));
  if (unknown !== undefined) {
    throw new Stop(
      `There is no step "${unknown}"; the steps are ${steps.map((step) => step.name).join(', ')}.`,
    );
  }
  return steps.filter((step) => names.includes(step.name));
}

function skip(step) {
  console.log(`✗ ${step.title}: not run, because ${step.needs} failed`);
  return { passed: 0, failed: 1 };
}

async function runStep(processes, step, env) {
  const start = Date.now();
  const output = [];
  const [command, ...args] = step.command;
  const child = processes.start(step.name, command, args, {
    env,
    onLine: (line) => {
      output.push(line);
      if (step.live) console.log(`  ${line}`);
    },
  });
  const exitCode = await child.ended;
  await child.drained;
  const counted = step.count?.(output) ?? { passed: exitCode === 0 ? 1 : 0, failed: 0 };
  // A runner that died, or that found nothing to run, has failed whatever it counted.
  const failed = exitCode === 0 && counted.passed > 0 ? counted.failed : Math.max(1, counted.failed);
  if (failed > 0 && !step.live) console.log(output.join('\n'));
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  const tests = step.count ? `, ${counted.passed} passed, ${failed} failed` : '';
  console.log(`${failed === 0 ? '✓' : '✗'} ${step.title}: ${seconds} s${tests}`);
  return { passed: counted.passed, failed };
}

/** forge ends with "…: 12 tests passed, 0 failed, 0 skipped (12 total tests)". */
function countForge(output) {
  for (const line of [...output].reverse()) {
    const [, passed, failed, skipped] = /: (\d+) tests passed, (\d+) failed, (\d+) skipped/.exec(line) ?? [];
    if (passed !== undefined) return { passed: Number(passed), failed: Number(failed) + Number(skipped) };
  }
  return { passed: 0, failed: 1 };
}

function countVitest(report) {
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const { numPassedTests, numTotalTests, numFailedTestSuites, numFailedTests } = read(report);
  const failed = numTotalTests - numPassedTests;
  // A file that does not even load holds no failed test, only a failed suite.
  return { passed: numPassedTests, failed: failed || (numFailedTests === 0 ? numFailedTestSuites : 0) };
}

function countPlaywright(report) {
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const { stats, errors } = read(report);
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + stats.skipped + errors.length };
}

function read(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
