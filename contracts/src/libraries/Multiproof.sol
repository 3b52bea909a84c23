// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Hashes } from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";

/// @title Multiproof
/// @notice Roots of the trees of `Merkle` from some of their leaves and the nodes beside their paths.
library Multiproof {
    /// @notice The root of a tree of `width` leaves, from the one at `index` and its path, leaf to root.
    /// @return root zero when the path has not the length that `width` and `index` ask for.
    function rootOf(bytes32 leaf, uint256 index, uint256 width, bytes32[] calldata path)
        internal
        pure
        returns (bytes32 root)
    {
        uint256 used;
        root = leaf;
        for (; width > 1; width = (width + 1) / 2) {
            // The last node of an odd level has no sibling and moves up unchanged.
            if (index % 2 == 1 || index + 1 != width) {
                if (used == path.length) return 0;
                bytes32 sibling = path[used++];
                root = index % 2 == 1 ? hash(sibling, root) : hash(root, sibling);
            }
            index /= 2;
        }
        if (used != path.length) return 0;
    }

    /// @notice The root of a tree of `width` leaves from `nodes[i]`, its leaves at `indices[i]`, ascending; both are overwritten.
    /// `siblings` are taken from position `used` on.
    /// @return root the root.
    /// @return next the first sibling that was not taken; more than there are when they did not suffice.
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

    function _at(bytes32[] calldata siblings, uint256 index) private pure returns (bytes32) {
        return index < siblings.length ? siblings[index] : bytes32(0);
    }
}
