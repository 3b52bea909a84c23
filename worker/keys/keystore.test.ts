import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { privateKeyToAddress } from 'viem/accounts';
import { expect, test } from 'vitest';
import { createKeystore, readKeystore } from './keystore.ts';

const folder = mkdtempSync(join(tmpdir(), 'opengpu-keystore-'));

test('a keystore that was made opens with its password only', async () => {
  const file = join(folder, 'made.json');
  const address = await createKeystore(file, 'open sesame', 1_024);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
    version: 3,
    crypto: { kdf: 'scrypt', cipher: 'aes-128-ctr' },
  });
  const opened = await readKeystore(file, 'open sesame');
  expect(opened.address).toBe(address);
  expect(privateKeyToAddress(opened.key)).toBe(address);
  await expect(readKeystore(file, 'open says me')).rejects.toThrow(`The password does not open ${file}.`);
  await expect(createKeystore(file, 'other', 1_024)).rejects.toThrow('EEXIST');
});

test('what is no keystore is called so', async () => {
  const file = join(folder, 'none.json');
  for (const text of ['', '{}', 'hello', '{"version":1}']) {
    writeFileSync(file, text);
    await expect(readKeystore(file, 'x'), text).rejects.toThrow(`${file} is no Web3 keystore (version 3).`);
  }
});

test("the standard's own scrypt vector opens", async () => {
  const file = join(folder, 'standard.json');
  writeFileSync(file, standardVector);
  const { key } = await readKeystore(file, 'testpassword');
  expect(key).toBe('0x7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d');
}, 30_000);

/** Web3 Secret Storage Definition, test vector "Scrypt". */
const standardVector = JSON.stringify({
  crypto: {
    cipher: 'aes-128-ctr',
    cipherparams: { iv: '83dbcc02d8ccb40e466191a123791e0e' },
    ciphertext: 'd172bf743a674da9cdad04534d56926ef8358534d458fffccd4e6ad2fbde479c',
    kdf: 'scrypt',
    kdfparams: {
      dklen: 32,
      n: 262144,
      p: 8,
      r: 1,
      salt: 'ab0c7876052600dd703518d6fc3fe8984592145b591fc8fb5c6d43190334ba19',
    },
    mac: '2103ac29920d71da29f15d75b4a16dbe95cfd7ff8faea1056c33131d846e3097',
  },
  id: '3198bc9c-6672-5ab3-d995-4942343ae5b6',
  version: 3,
});
