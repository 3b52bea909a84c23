import { readFile, writeFile } from 'node:fs/promises';
import { Wallet } from '@ethereumjs/wallet';
import { type Address, bytesToHex, getAddress, type Hex } from 'viem';

/** A key in words of the two sides that need it: who it is, and what signs. */
export interface OperatorKey {
  address: Address;
  key: Hex;
}

/** Scrypt's cost that wallets use: about a second and 256 MiB to try one password. */
const scryptCost = 262_144;

/**
 * Makes a key and writes it as a Web3 keystore (version 3, scrypt), readable by its owner only. Throws if the file exists.
 * `cost` is scrypt's N, a power of two; a smaller one is quicker to open, for everybody.
 */
export async function createKeystore(file: string, password: string, cost = scryptCost): Promise<Address> {
  const wallet = Wallet.generate();
  const keystore = await wallet.toV3String(password, { n: cost });
  await writeFile(file, `${keystore}\n`, { mode: 0o600, flag: 'wx' });
  return getAddress(wallet.getAddressString());
}

/** Reads a Web3 keystore (version 3). Throws a sentence when the file is none or the password does not open it. */
export async function readKeystore(file: string, password: string): Promise<OperatorKey> {
  const text = await readFile(file, 'utf8');
  let wallet: Wallet;
  try {
    wallet = await Wallet.fromV3(text, password, true);
  } catch (error) {
    const wrong = error instanceof Error && /passphrase|password|derivation failed/i.test(error.message);
    throw new Error(
      wrong ? `The password does not open ${file}.` : `${file} is no Web3 keystore (version 3).`,
      {
        cause: error,
      },
    );
  }
  return { address: getAddress(wallet.getAddressString()), key: bytesToHex(wallet.getPrivateKey()) };
}
