import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const entries = [
  'hosts/headless/page.ts',
  'threads/signer-thread.ts',
  'threads/compute-thread.ts',
  'threads/hash-thread.ts',
];

/**
 * The page and its threads as scripts for the browser, by URL path. A thread's URL is its source's, relative to the script
 * that starts it, so every script is served under `/threads/<name>.ts` or `/page.js`.
 */
export async function bundle(): Promise<Map<string, string>> {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: entries,
    entryNames: '[name]',
    outdir: 'out',
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    minify: true,
    logLevel: 'silent',
  });
  const scripts = new Map<string, string>();
  for (const { path, text } of outputFiles) {
    const name = path.replace(/^.*[\\/]/, '').replace(/\.js$/, '');
    scripts.set(name === 'page' ? '/page.js' : `/threads/${name}.ts`, text);
    // A thread starts its own threads next to itself.
    scripts.set(`/${name}.ts`, text);
  }
  return scripts;
}
