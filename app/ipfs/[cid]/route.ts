import { digestOfCid } from '@opengpu/sdk/data/cid';
import { ContentMissing } from '@opengpu/sdk/data/content-store';
import { blockFolder } from '@/app/api/blocks/block-folder';

export const runtime = 'nodejs';

const anyOrigin = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' };

/** One raw block, like an IPFS trustless gateway. */
export async function GET(
  request: Request,
  context: { params: Promise<{ cid: string }> },
): Promise<Response> {
  const { cid } = await context.params;
  const format = new URL(request.url).searchParams.get('format') ?? 'raw';
  if (format !== 'raw') return refusal(400, 'Only raw blocks are served: ?format=raw.');
  try {
    digestOfCid(cid);
  } catch (error) {
    return refusal(400, error instanceof Error ? error.message : 'This is no CID.');
  }
  const etag = `"${cid}"`;
  const headers = {
    ...anyOrigin,
    'cache-control': 'public, max-age=31536000, immutable',
    etag,
    'x-content-type-options': 'nosniff',
    // Strangers' bytes on this origin: never shown, never run.
    'content-disposition': `attachment; filename="${cid}.bin"`,
    'content-security-policy': "default-src 'none'; sandbox",
  };
  if (request.headers.get('if-none-match')?.includes(etag))
    return new Response(null, { status: 304, headers });
  try {
    const bytes = await blockFolder.get(cid);
    return new Response(bytes.slice(), {
      headers: { ...headers, 'content-type': 'application/vnd.ipld.raw' },
    });
  } catch (error) {
    if (error instanceof ContentMissing) return refusal(404, 'This block is not here.');
    throw error;
  }
}

function refusal(status: number, sentence: string): Response {
  return new Response(sentence, {
    status,
    headers: { ...anyOrigin, 'cache-control': 'no-store', 'content-type': 'text/plain; charset=utf-8' },
  });
}
