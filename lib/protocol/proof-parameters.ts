/** `Proof` as the ABI encodes it alone: what the vectors hold and a dispute can be handed on as. */
export const proofParameters = [
  {
    type: 'tuple',
    components: [
      { name: 'id', type: 'uint32' },
      { name: 'word', type: 'uint32' },
      { name: 'leaf', type: 'bytes' },
      { name: 'path', type: 'bytes32[]' },
      {
        name: 'windows',
        type: 'tuple[]',
        components: [
          { name: 'buffer', type: 'uint32' },
          { name: 'firstLeaf', type: 'uint32' },
          { name: 'leaves', type: 'uint32' },
        ],
      },
      { name: 'data', type: 'bytes' },
      { name: 'siblings', type: 'bytes32[]' },
      { name: 'kernel', type: 'address' },
      { name: 'code', type: 'bytes' },
    ],
  },
] as const;
