import { folderStore } from '@opengpu/sdk/data/folder-store';

/** The app server's own blocks: inputs and outputs too large for the chain. At most 2 GiB. */
export const blockFolder = folderStore({
  folder: process.env.OPENGPU_BLOCKS ?? '.opengpu/blocks',
  quotaBytes: 2 * 2 ** 30,
});
