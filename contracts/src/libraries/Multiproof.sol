// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Multiproof
/// @notice Roots of the trees of `Merkle` from some of their leaves and the nodes beside their ways to the root.
/// @dev Siblings are read without asking how many there are: whoever calls compares what was used with what was given, and
/// takes no root of which it was more.
library Multiproof {
    /// @notice The root of a tree of `width` leaves, from the one at `index` and its path, leaf to root.
    /// @return root the root; it says nothing unless `used` is the path's length.
    /// @return used how many nodes a path to this leaf has.
    function rootOf(bytes32 leaf, uint256 index, uint256 width, bytes32[] calldata path)
        internal
        pure
        returns (bytes32 root, uint256 used)
    {
        assembly ("memory-safe") {
            root := leaf
            for { } gt(width, 1) { width := shr(1, add(width, 1)) } {
                // The last node of an odd level has no sibling and moves up unchanged.
                if or(and(index, 1), lt(add(index, 1), width)) {
                    let side := shl(5, and(index, 1))
                    mstore(side, root)
                    mstore(xor(side, 32), calldataload(add(path.offset, shl(5, used))))
                    root := keccak256(0, 64)
                    used := add(used, 1)
                }
                index := shr(1, index)
            }
        }
    }

    /// @notice The root of a tree of `width` leaves from `nodes[i]`, its leaves at `indices[i]`: at least one, ascending, each once
    /// and below `width`. Both lists are overwritten. `siblings` are taken from position `used` on.
    /// @return root the root; it says nothing when `next` is more than there are.
    /// @return next the first sibling that was not taken.
    function rootOf(
        bytes32[] memory nodes,
        uint256[] memory indices,
        uint256 width,
        bytes32[] calldata siblings,
        uint256 used
    ) internal pure returns (bytes32 root, uint256 next) {
        assembly ("memory-safe") {
            // Nodes and their indices, side by side; `end` and offsets in bytes. A level overwrites the one below it.
            let node := add(nodes, 32)
            let place := add(indices, 32)
            let end := shl(5, mload(nodes))
            next := used
            for { } gt(width, 1) { width := shr(1, add(width, 1)) } {
                let parents := 0
                for { let i := 0 } lt(i, end) { } {
                    let index := mload(add(place, i))
                    let value := mload(add(node, i))
                    i := add(i, 32)
                    let right := and(index, 1)
                    switch and(iszero(right), and(lt(i, end), eq(mload(add(place, i)), add(index, 1))))
                    case 1 {
                        // Its sibling is known too.
                        mstore(0, value)
                        mstore(32, mload(add(node, i)))
                        value := keccak256(0, 64)
                        i := add(i, 32)
                    }
                    default {
                        // The last node of an odd level has no sibling and moves up unchanged.
                        if or(right, lt(add(index, 1), width)) {
                            let side := shl(5, right)
                            mstore(side, value)
                            mstore(xor(side, 32), calldataload(add(siblings.offset, shl(5, next))))
                            value := keccak256(0, 64)
                            next := add(next, 1)
                        }
                    }
                    mstore(add(node, parents), value)
                    mstore(add(place, parents), shr(1, index))
                    parents := add(parents, 32)
                }
                end := parents
            }
            root := mload(node)
        }
    }
}
