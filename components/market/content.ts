import type { Sources } from '@opengpu/sdk/data/locate';
import { memoryStore } from '@opengpu/sdk/data/memory-store';
import type { Locator } from '@opengpu/sdk/protocol/metadata';
import { gateways } from './environment';

const cache = memoryStore();

/** Where this tab looks for content: its memory, the app's own server, the configured gateways. */
export function contentSources(): Sources {
  return { cache, gateways: [window.location.origin, ...gateways] };
}

/** A locator without the URLs that a stranger named: this page asks its own sources only, and its policy forbids others. */
export function withoutUrls(locator: Locator): Locator {
  return 'cid' in locator ? { cid: locator.cid } : locator;
}

/** Reads the locator that a provider sent with a response. Throws a sentence when it is none. */
export function parseLocator(text: string): Locator {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    throw new Error('The provider did not say where its output is.');
  }
  const cid = typeof given === 'object' && given !== null && 'cid' in given ? given.cid : undefined;
  if (typeof cid !== 'string' || !/^b[a-z2-7]{20,120}$/.test(cid)) {
    throw new Error('The provider did not say where its output is.');
  }
  return { cid };
}
