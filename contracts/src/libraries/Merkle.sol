// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Merkle
/// @notice The tree under which buffers and outputs are committed: leaves of 32 words (128 bytes, the last padded with
/// zeros), a node is the keccak256 of its two children in order, an odd node is promoted unchanged.
library Merkle {
    uint256 internal constant LEAF_BYTES = 128;
    uint256 internal constant LEAF_WORDS = 32;

    /// @notice How many leaves `words` words fill.
    function leavesOf(uint256 words) internal pure returns (uint256) {
        return (words + LEAF_WORDS - 1) / LEAF_WORDS;
    }

    /// @notice The root over `data`, which must not be empty.
    /// @dev Every level overwrites the one below it in place: a parent's slot never lies above its children's.
    function rootOf(bytes calldata data) internal pure returns (bytes32 root) {
        uint256 width = (data.length + LEAF_BYTES - 1) / LEAF_BYTES;
        assembly ("memory-safe") {
            // Past the free memory pointer, which need not move: nothing is allocated while this runs.
            let level := mload(0x40)
            calldatacopy(level, data.offset, data.length)
            // Reading past the end of calldata gives zeros, whatever that memory held before.
            calldatacopy(add(level, data.length), calldatasize(), sub(shl(7, width), data.length))
            for { let i := 0 } lt(i, width) { i := add(i, 1) } {
                mstore(add(level, shl(5, i)), keccak256(add(level, shl(7, i)), 128))
            }
            for { } gt(width, 1) { } {
                let pairs := shr(1, width)
                for { let i := 0 } lt(i, pairs) { i := add(i, 1) } {
                    mstore(add(level, shl(5, i)), keccak256(add(level, shl(6, i)), 64))
                }
                if and(width, 1) { mstore(add(level, shl(5, pairs)), mload(add(level, shl(6, pairs)))) }
                width := add(pairs, and(width, 1))
            }
            root := mload(level)
        }
    }
}
