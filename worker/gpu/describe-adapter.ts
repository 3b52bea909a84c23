/** What the browser offers for computing. */
export type AdapterDescription = { ok: true; name: string } | { ok: false; reason: string };

/** Names the GPU that this browser offers, or says in words what to do when there is none. */
export async function describeAdapter(): Promise<AdapterDescription> {
  if (!('gpu' in navigator) || navigator.gpu === undefined) {
    return {
      ok: false,
      reason: isSecureContext
        ? 'This browser has no WebGPU. Use a current Chrome, Edge or Firefox; on Linux start Chrome with --enable-unsafe-webgpu.'
        : 'WebGPU needs a secure page: open this one over https or on localhost.',
    };
  }
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) {
    return {
      ok: false,
      reason:
        'The browser finds no GPU that it trusts. Update the graphics driver and look at chrome://gpu; on Linux start Chrome with --enable-unsafe-webgpu.',
    };
  }
  return { ok: true, name: adapterName(adapter) };
}

/** A short name of an adapter, e.g. "NVIDIA ada-lovelace" or "Google SwiftShader (CPU)". */
export function adapterName(adapter: GPUAdapter): string {
  const { vendor, architecture, device, description } = adapter.info;
  const name = description || [vendor, architecture, device].filter(Boolean).join(' ') || 'unnamed GPU';
  const onCpu = /swiftshader|llvmpipe|lavapipe/i.test(`${name} ${architecture}`);
  return onCpu ? `${name} (CPU)` : name;
}
