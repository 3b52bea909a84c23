import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const threads = ['threads/signer-thread.ts', 'threads/compute-thread.ts', 'threads/hash-thread.ts'];

/**
 * The page and its threads as scripts for the browser, by URL path. A thread's URL is its source's, relative to the script
 * that starts it, so every script is served under `/threads/<name>.ts` or `/page.js`. `page` is the page's source in this package.
 */
export async function bundle(page = 'hosts/headless/page.ts'): Promise<Map<string, string>> {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [
      { in: page, out: 'page' },
      ...threads.map((thread) => ({ in: thread, out: nameOf(thread) })),
    ],
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
    const name = nameOf(path);
    scripts.set(name === 'page' ? '/page.js' : `/threads/${name}.ts`, text);
    // A thread starts its own threads next to itself.
    scripts.set(`/${name}.ts`, text);
  }
  return scripts;
}

function nameOf(path: string): string {
  return path.replace(/^.*[\\/]/, '').replace(/\.(js|ts)$/, '');
}
