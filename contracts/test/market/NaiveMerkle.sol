// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice The tree of section "Commitments" written to be read: what `Merkle` and the SDK are compared with.
library NaiveMerkle {
    function rootOf(bytes memory data) internal pure returns (bytes32) {
        bytes32[] memory level = _leaves(data);
        while (level.length > 1) {
            level = _parents(level);
        }
        return level[0];
    }

    /// @notice The 128 bytes of a leaf.
    function leafOf(bytes memory data, uint256 leaf) internal pure returns (bytes memory padded) {
        padded = new bytes(128);
        for (uint256 i; i < 128 && leaf * 128 + i < data.length; ++i) {
            padded[i] = data[leaf * 128 + i];
        }
    }

    /// @notice The nodes beside the ways from the leaves that `known` marks to the root: level by level, left to right.
    function siblingsOf(bytes memory data, bool[] memory known) internal pure returns (bytes32[] memory siblings) {
        bytes32[] memory level = _leaves(data);
        bytes32[] memory most = new bytes32[](2 * level.length);
        uint256 count;
        while (level.length > 1) {
            bool[] memory above = new bool[]((level.length + 1) / 2);
            for (uint256 i; i < level.length; ++i) {
                bool beside = i ^ 1 < level.length && known[i ^ 1];
                if (!known[i] && beside) most[count++] = level[i];
                if (known[i]) above[i / 2] = true;
            }
            (level, known) = (_parents(level), above);
        }
        siblings = new bytes32[](count);
        for (uint256 i; i < count; ++i) {
            siblings[i] = most[i];
        }
    }

    /// @notice The same for one leaf: its path.
    function pathOf(bytes memory data, uint256 leaf) internal pure returns (bytes32[] memory) {
        bool[] memory known = new bool[]((data.length + 127) / 128);
        known[leaf] = true;
        return siblingsOf(data, known);
    }

    function _leaves(bytes memory data) private pure returns (bytes32[] memory level) {
        level = new bytes32[]((data.length + 127) / 128);
        for (uint256 leaf; leaf < level.length; ++leaf) {
            level[leaf] = keccak256(leafOf(data, leaf));
        }
    }

    function _parents(bytes32[] memory level) private pure returns (bytes32[] memory parents) {
        parents = new bytes32[]((level.length + 1) / 2);
        for (uint256 i; i < parents.length; ++i) {
            bool alone = 2 * i + 1 == level.length;
            parents[i] = alone ? level[2 * i] : keccak256(abi.encode(level[2 * i], level[2 * i + 1]));
        }
    }
}

/// @notice The tree under which a provider commits: a node is the keccak256 of its two children, the smaller one first;
/// an odd node is promoted.
library CommitmentTree {
    function rootOf(bytes32[] memory leaves) internal pure returns (bytes32) {
        while (leaves.length > 1) {
            leaves = _parents(leaves);
        }
        return leaves[0];
    }

    /// @notice The siblings on the way from leaf `index` to the root.
    function pathOf(bytes32[] memory leaves, uint256 index) internal pure returns (bytes32[] memory path) {
        path = new bytes32[](0);
        while (leaves.length > 1) {
            uint256 sibling = index ^ 1;
            if (sibling < leaves.length) path = _with(path, leaves[sibling]);
            leaves = _parents(leaves);
            index /= 2;
        }
    }

    function _parents(bytes32[] memory level) private pure returns (bytes32[] memory parents) {
        parents = new bytes32[]((level.length + 1) / 2);
        for (uint256 i; i < parents.length; ++i) {
            bool alone = 2 * i + 1 == level.length;
            parents[i] = alone ? level[2 * i] : _node(level[2 * i], level[2 * i + 1]);
        }
    }

    function _node(bytes32 a, bytes32 b) private pure returns (bytes32) {
        return a < b ? keccak256(abi.encode(a, b)) : keccak256(abi.encode(b, a));
    }

    function _with(bytes32[] memory list, bytes32 item) private pure returns (bytes32[] memory longer) {
        longer = new bytes32[](list.length + 1);
        for (uint256 i; i < list.length; ++i) {
            longer[i] = list[i];
        }
        longer[list.length] = item;
    }
}
