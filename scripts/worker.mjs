// The headless provider: `npm run worker -- --help`. Runs the TypeScript sources through tsx in this very process, so that
// signals reach it directly.
import { register } from 'tsx/esm/api';

register();
await import('../worker/hosts/headless/cli.ts');
