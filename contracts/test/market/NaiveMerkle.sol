// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice The tree of section "Commitments" written to be read: what `Merkle` and the SDK are compared with.
library NaiveMerkle {
    function rootOf(bytes memory data) internal pure returns (bytes32) {
        uint256 width = (data.length + 127) / 128;
        bytes32[] memory level = new bytes32[](width);
        for (uint256 leaf; leaf < width; ++leaf) {
            bytes memory padded = new bytes(128);
            for (uint256 i; i < 128 && leaf * 128 + i < data.length; ++i) {
                padded[i] = data[leaf * 128 + i];
            }
            level[leaf] = keccak256(padded);
        }
        while (level.length > 1) {
            level = _parents(level);
        }
        return level[0];
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
