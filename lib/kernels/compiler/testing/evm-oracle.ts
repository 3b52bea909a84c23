import { type ChildProcess, spawn } from 'node:child_process';
import { bytesToHex, type Hex, hexToBytes } from 'viem';
import { freePort } from '../../../../scripts/ports.mjs';
import { root } from '../../../../scripts/setup.mjs';

/** What one call of an element's code did: its words, unless it failed, and its gas. */
export interface EvmCall {
  words: Uint32Array | undefined;
  gas: number;
}

const kernelAddress = '0x00000000000000000000000000000000000000e1';
const driverAddress = '0x00000000000000000000000000000000000000d1';

/** Code gave a word of more than 32 bits. */
export class WideWord extends Error {}

/** A real EVM (anvil) that runs element code many times in one request. */
export class EvmOracle {
  readonly #process: ChildProcess;
  readonly #url: string;
  #overhead = 0;

  private constructor(process: ChildProcess, url: string) {
    this.#process = process;
    this.#url = url;
  }

  static async open(): Promise<EvmOracle> {
    const port = await freePort();
    const flags = [
      '--port',
      `${port}`,
      '--disable-block-gas-limit',
      '--hardfork',
      'prague',
      '--no-mining',
      '--accounts',
      '1',
    ];
    const child = spawn(`${root}/node_modules/.bin/anvil`, flags, { stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise<void>((resolve, reject) => {
      child.stdout?.on('data', (text: Buffer) => {
        if (text.toString().includes('Listening')) resolve();
      });
      child.once('exit', (code) => reject(new Error(`anvil ended with ${code}.`)));
    });
    const oracle = new EvmOracle(child, `http://127.0.0.1:${port}`);
    // What the driver measures around a call that does nothing.
    const [empty] = await oracle.#calls(Uint8Array.of(0), 0, [new Uint8Array(0)]);
    oracle.#overhead = empty?.gas ?? 0;
    return oracle;
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#process.removeAllListeners('exit');
      this.#process.once('exit', () => resolve());
      this.#process.kill('SIGTERM');
    });
  }

  /** Calls `code` once for each calldata; each call gives `wordsPerElement` words or failed. */
  async run(code: Uint8Array, wordsPerElement: number, calls: readonly Uint8Array[]): Promise<EvmCall[]> {
    const results: EvmCall[] = [];
    // Some 300 KB a request.
    let batch: Uint8Array[] = [];
    let bytes = 0;
    for (const call of [...calls, undefined]) {
      if (call && bytes < 300_000) {
        batch.push(call);
        bytes += call.length;
        continue;
      }
      if (batch.length > 0) results.push(...(await this.#calls(code, wordsPerElement, batch)));
      batch = call ? [call] : [];
      bytes = call?.length ?? 0;
    }
    return results.map(({ words, gas }) => ({ words, gas: gas - this.#overhead }));
  }

  async #calls(code: Uint8Array, wordsPerElement: number, calls: readonly Uint8Array[]): Promise<EvmCall[]> {
    const record = 96 + 32 * wordsPerElement;
    const size = 96 + calls.reduce((sum, call) => sum + 32 + call.length, 0);
    const data = new Uint8Array(size);
    const view = new DataView(data.buffer);
    view.setUint32(28, 32 * wordsPerElement);
    view.setUint32(60, calls.length);
    view.setUint32(92, 96 + record * calls.length);
    let at = 96;
    for (const call of calls) {
      view.setUint32(at + 28, call.length);
      data.set(call, at + 32);
      at += 32 + call.length;
    }
    const overrides = { [kernelAddress]: { code: bytesToHex(code) }, [driverAddress]: { code: driver } };
    const call = { to: driverAddress, data: bytesToHex(data), gas: '0x30000000' };
    const body = JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'eth_call',
      params: [call, 'latest', overrides],
    });
    const response = await fetch(this.#url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const { result, error } = (await response.json()) as { result?: Hex; error?: { message: string } };
    if (result === undefined) throw new Error(error?.message ?? 'anvil gave nothing.');
    const output = hexToBytes(result);
    const out = new DataView(output.buffer, output.byteOffset, output.byteLength);
    const word = (offset: number): number => {
      for (let byte = 0; byte < 28; byte += 4)
        if (out.getUint32(offset + byte) !== 0) throw new WideWord('A word has more than 32 bits.');
      return out.getUint32(offset + 28);
    };
    return calls.map((_, index) => {
      const start = index * record;
      const returned = word(start) === 1 && word(start + 64) === 32 * wordsPerElement;
      const words = returned
        ? Uint32Array.from({ length: wordsPerElement }, (_, at) => word(start + 96 + 32 * at))
        : undefined;
      return { words, gas: word(start + 32) };
    });
  }
}

// Calldata: bytes of a result, number of calls, where in memory calldata is built; then each call as length and bytes.
// Returns for each: success, gas, size of the result, the result.
const driver = assemble(`
  ${kernelAddress} EXTCODESIZE POP
  96 0 MSTORE  96 32 MSTORE  0 64 MSTORE
  :loop JUMPDEST
  32 CALLDATALOAD 64 MLOAD LT ISZERO @end JUMPI
  0 MLOAD CALLDATALOAD  DUP1 0 MLOAD 32 ADD 64 CALLDATALOAD CALLDATACOPY
  GAS SWAP1
  0 0 DUP3 64 CALLDATALOAD ${kernelAddress} GAS STATICCALL
  GAS
  SWAP1 32 MLOAD MSTORE
  SWAP1 SWAP2 SUB 32 MLOAD 32 ADD MSTORE
  RETURNDATASIZE 32 MLOAD 64 ADD MSTORE
  0 CALLDATALOAD RETURNDATASIZE EQ ISZERO @skip JUMPI
  RETURNDATASIZE 0 32 MLOAD 96 ADD RETURNDATACOPY
  :skip JUMPDEST
  0 MLOAD ADD 32 ADD 0 MSTORE
  32 MLOAD 96 ADD 0 CALLDATALOAD ADD 32 MSTORE
  64 MLOAD 1 ADD 64 MSTORE
  @loop JUMP
  :end JUMPDEST
  96 32 MLOAD SUB 96 RETURN
`);

function assemble(source: string): Hex {
  const opcodes: Record<string, number> = {
    ADD: 0x01,
    SUB: 0x03,
    LT: 0x10,
    EQ: 0x14,
    ISZERO: 0x15,
    CALLDATALOAD: 0x35,
    CALLDATACOPY: 0x37,
    EXTCODESIZE: 0x3b,
    RETURNDATASIZE: 0x3d,
    RETURNDATACOPY: 0x3e,
    POP: 0x50,
    MLOAD: 0x51,
    MSTORE: 0x52,
    JUMP: 0x56,
    JUMPI: 0x57,
    GAS: 0x5a,
    JUMPDEST: 0x5b,
    DUP1: 0x80,
    DUP3: 0x82,
    SWAP1: 0x90,
    SWAP2: 0x91,
    RETURN: 0xf3,
    STATICCALL: 0xfa,
  };
  const bytes: number[] = [];
  const labels = new Map<string, number>();
  const uses: [offset: number, label: string][] = [];
  for (const item of source.trim().split(/\s+/)) {
    const opcode = opcodes[item];
    if (item.startsWith(':')) labels.set(item.slice(1), bytes.length);
    else if (item.startsWith('@')) {
      uses.push([bytes.length + 1, item.slice(1)]);
      bytes.push(0x61, 0, 0);
    } else if (item.startsWith('0x')) bytes.push(0x73, ...hexToBytes(item as Hex));
    else if (opcode !== undefined) bytes.push(opcode);
    else bytes.push(0x60, Number(item));
  }
  for (const [offset, label] of uses)
    bytes.splice(offset, 2, (labels.get(label) ?? 0) >> 8, (labels.get(label) ?? 0) & 255);
  return bytesToHex(Uint8Array.from(bytes));
}
