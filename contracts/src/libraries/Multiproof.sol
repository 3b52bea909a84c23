// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Hashes } from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";

/// @title Multiproof
/// @notice Roots of the trees of `Merkle` from some of their leaves and the nodes beside their paths.
library Multiproof {
    /// @notice The root of a tree of `width` leaves, from the one at `index` and its path, leaf to root.
    /// @return root the root; it says nothing unless `used` is the path's length.
    /// @return used how many nodes a path to this leaf has.
    function rootOf(bytes32 leaf, uint256 index, uint256 width, bytes32[] calldata path)
        internal
        pure
        returns (bytes32 root, uint256 used)
    {
        root = leaf;
        for (; width > 1; width = (width + 1) / 2) {
            if (index % 2 == 1) root = hash(_at(path, used++), root);
            // The last node of an odd level has no sibling and moves up unchanged.
            else if (index + 1 != width) root = hash(root, _at(path, used++));
            index /= 2;
        }
    }

    /// @notice The root of a tree of `width` leaves from `nodes[i]`, its leaves at `indices[i]`, ascending; both are overwritten.
    /// `siblings` are taken from position `used` on.
    /// @return root the root; it says nothing when `next` is more than there are.
    /// @return next the first sibling that was not taken.
    function rootOf(
        bytes32[] memory nodes,
        uint256[] memory indices,
        uint256 width,
        bytes32[] calldata siblings,
        uint256 used
    ) internal pure returns (bytes32 root, uint256 next) {
        uint256 known = nodes.length;
        next = used;
        for (; width > 1; width = (width + 1) / 2) {
            uint256 parents;
            for (uint256 i; i < known; ++i) {
                (uint256 index, bytes32 node) = (indices[i], nodes[i]);
                if (index % 2 == 1) {
                    node = hash(_at(siblings, next++), node);
                } else if (i + 1 < known && indices[i + 1] == index + 1) {
                    node = hash(node, nodes[++i]);
                } else if (index + 1 != width) {
                    node = hash(node, _at(siblings, next++));
                }
                (indices[parents], nodes[parents]) = (index / 2, node);
                ++parents;
            }
            known = parents;
        }
        root = nodes[0];
    }

    function hash(bytes32 left, bytes32 right) internal pure returns (bytes32) {
        return Hashes.efficientKeccak256(left, right);
    }

    /// @dev Zero past the end: the caller compares how many were taken.
    function _at(bytes32[] calldata siblings, uint256 index) private pure returns (bytes32) {
        return index < siblings.length ? siblings[index] : bytes32(0);
    }
}
