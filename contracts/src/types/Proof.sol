// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice A run of leaves of one input buffer, as the kernel reads them.
struct Window {
    /// @dev Index into `Work.inputs`.
    uint32 buffer;
    uint32 firstLeaf;
    uint32 leaves;
}

/// @notice That one word of one element differs from what its kernel computes.
struct Proof {
    /// @dev Element, over the whole task, and word of it.
    uint32 id;
    uint32 word;
    /// @dev The leaf of the shard's output that holds the word, 128 bytes, and its path to the output's root.
    bytes leaf;
    bytes32[] path;
    /// @dev What the element reads: sorted by buffer and leaf, disjoint.
    Window[] windows;
    /// @dev The leaves of all windows, in their order, 128 bytes each.
    bytes data;
    /// @dev The nodes that lead from those leaves to the buffers' roots: buffer by buffer, level by level, left to right.
    bytes32[] siblings;
    /// @dev Where the element code is; read when `code` is empty.
    address kernel;
    /// @dev The element code, to be deployed first; empty when it is on chain already.
    bytes code;
}

/// @notice A word that a provider committed to and the one that is right.
struct Verdict {
    uint32 committed;
    uint32 computed;
    /// @dev Where the element code ran.
    address kernel;
}
