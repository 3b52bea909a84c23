'use client';

import { mostFileBytes } from '@opengpu/sdk/kernels/image/decode-image';
import { useState } from 'react';
import type { ChosenPicture } from './chosen-picture';
import { decodeFile } from './decode-file';

/** How far reading a picture is; a refusal leaves the earlier picture in place. */
export type PictureState = { kind: 'idle' } | { kind: 'reading' } | { kind: 'refused'; reason: string };

/** The project's own picture, served by the app. */
const example = { url: '/examples/landscape.png', name: 'Example picture' };
let choices = 0;

/** Reads files into pictures; the newest choice wins. */
export function useChosenPicture(onChange: (picture: ChosenPicture) => void) {
  const [state, setState] = useState<PictureState>({ kind: 'idle' });

  async function read(fileName: string, load: () => Promise<ArrayBuffer>) {
    choices += 1;
    const choice = choices;
    setState({ kind: 'reading' });
    try {
      const picture = await decodeFile(await load());
      if (choice !== choices) return;
      setState({ kind: 'idle' });
      onChange({ ...picture, fileName, choice });
    } catch (error) {
      if (choice === choices)
        setState({ kind: 'refused', reason: error instanceof Error ? error.message : String(error) });
    }
  }

  return {
    state,
    take(file: File) {
      // Sliced, so that a huge file is refused by its size without being read whole.
      return read(file.name, () => file.slice(0, mostFileBytes + 1).arrayBuffer());
    },
    takeExample() {
      return read(example.name, async () => {
        const response = await fetch(example.url);
        if (!response.ok) throw new Error(`The example picture could not be loaded (${response.status}).`);
        return response.arrayBuffer();
      });
    },
  };
}
