import { blockBytes } from '@opengpu/sdk/data/content-store';
import { StoreFull } from '@opengpu/sdk/data/folder-store';
import { readCapped, TooManyBytes } from '@opengpu/sdk/data/read-capped';
import { blockFolder } from './block-folder';

export const runtime = 'nodejs';

// Workers on other origins store their outputs here; what anybody can do with it is bounded by the quota.
const anyOrigin = { 'access-control-allow-origin': '*' };

export function OPTIONS(): Response {
  return new Response(null, {
    status: 204,
    headers: {
      ...anyOrigin,
      'access-control-allow-methods': 'PUT',
      'access-control-allow-headers': 'content-type',
      'access-control-max-age': '86400',
    },
  });
}

/** Stores the body, at most 1 MiB, and answers its CID. */
export async function PUT(request: Request): Promise<Response> {
  if (Number(request.headers.get('content-length') ?? 0) > blockBytes) return refusal(413, tooLarge);
  try {
    const bytes = await readCapped(request.body, blockBytes);
    if (bytes.length === 0) return refusal(400, 'A block has at least one byte.');
    return Response.json({ cid: await blockFolder.put(bytes) }, { status: 201, headers: anyOrigin });
  } catch (error) {
    if (error instanceof TooManyBytes) return refusal(413, tooLarge);
    if (error instanceof StoreFull) return refusal(507, error.message);
    console.error('A block could not be stored:', error);
    return refusal(500, 'The block could not be stored.');
  }
}

const tooLarge = `A block has at most ${blockBytes} bytes.`;

function refusal(status: number, sentence: string): Response {
  return new Response(sentence, {
    status,
    headers: { ...anyOrigin, 'content-type': 'text/plain; charset=utf-8' },
  });
}
