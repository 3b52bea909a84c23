// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Proof, Window } from "../../src/types/Proof.sol";

/// @notice What a challenger without scruples does to a proof: one thing, somewhere.
library Lies {
    /// @dev How many kinds of lie there are; 0 is none.
    uint256 internal constant KINDS = 16;

    function told(Proof memory proof, uint256 kind, uint256 seed) internal pure returns (Proof memory) {
        if (kind == 1) proof.id = uint32(seed);
        else if (kind == 2) proof.id = uint32(proof.id ^ (1 << (seed % 7)));
        else if (kind == 3) proof.word = uint32(seed % 4);
        else if (kind == 4) _flip(proof.leaf, seed);
        else if (kind == 5) _flip(proof.data, seed);
        else if (kind == 6) _flip(proof.code, seed);
        else if (kind == 7) _flip(proof.path, seed);
        else if (kind == 8) _flip(proof.siblings, seed);
        else if (kind == 9) proof.path = _resized(proof.path, seed);
        else if (kind == 10) proof.siblings = _resized(proof.siblings, seed);
        else if (kind == 11) (proof.code, proof.kernel) = ("", address(uint160(seed)));
        else if (kind == 12) proof.leaf = new bytes(seed % 300);
        else if (kind == 13) proof.data = new bytes(seed % 4096);
        else if (kind >= 14 && proof.windows.length != 0) _shift(proof, kind, seed);
        return proof;
    }

    /// @dev Moves, stretches, renames or drops a window, or shows the same words twice.
    function _shift(Proof memory proof, uint256 kind, uint256 seed) private pure {
        Window memory window = proof.windows[seed % proof.windows.length];
        if (kind == 14) {
            if (seed % 3 == 0) window.firstLeaf = uint32(window.firstLeaf ^ (1 << ((seed >> 8) % 32)));
            else if (seed % 3 == 1) window.leaves = uint32(window.leaves ^ (1 << ((seed >> 8) % 32)));
            else window.buffer = uint32(window.buffer ^ (1 << ((seed >> 8) % 32)));
        } else {
            Window[] memory windows = new Window[](proof.windows.length - 1);
            for (uint256 i; i < windows.length; ++i) {
                windows[i] = proof.windows[i < seed % proof.windows.length ? i : i + 1];
            }
            // With the data of the others only, or with all of it.
            if (seed % 2 == 0) proof.data = new bytes(_leaves(windows) * 128);
            proof.windows = windows;
        }
    }

    function _leaves(Window[] memory windows) private pure returns (uint256 leaves) {
        for (uint256 i; i < windows.length; ++i) {
            leaves += windows[i].leaves;
        }
    }

    function _flip(bytes memory data, uint256 seed) private pure {
        if (data.length == 0) return;
        uint256 place = (seed >> 3) % data.length;
        data[place] = bytes1(uint8(data[place]) ^ uint8(1 << (seed % 8)));
    }

    function _flip(bytes32[] memory list, uint256 seed) private pure {
        if (list.length == 0) return;
        uint256 place = (seed >> 8) % list.length;
        list[place] = bytes32(uint256(list[place]) ^ (1 << (seed % 256)));
    }

    function _resized(bytes32[] memory list, uint256 seed) private pure returns (bytes32[] memory resized) {
        resized = new bytes32[](seed % 2 == 0 || list.length == 0 ? list.length + 1 : list.length - 1);
        for (uint256 i; i < resized.length; ++i) {
            resized[i] = i < list.length ? list[i] : bytes32(seed);
        }
    }
}
