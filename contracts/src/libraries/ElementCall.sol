// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IFraudProof } from "../interfaces/IFraudProof.sol";
import { Proof, Window } from "../types/Proof.sol";
import { Work } from "../types/Task.sol";
import { Merkle } from "./Merkle.sol";

/// @title Element call
/// @notice The calldata of element code (docs/kernel-abi.md): the element's id; of each buffer its length in words and its
/// first window; the further windows; the windows' words.
library ElementCall {
    /// @dev Words of 32 bytes: a buffer's header is length, first window (start, length, pointer), number of further windows and
    /// where their table is; a row of that table is start, length, pointer.
    uint256 private constant HEADER_WORDS = 6;
    uint256 private constant ROW_WORDS = 3;

    /// @dev Where the next table row and the next window's words go, bytes from the start of the call.
    struct Cursor {
        uint256 row;
        uint256 data;
        uint256 index;
    }

    /// @notice Checks the windows (sorted, disjoint, inside their buffers, as many leaves as data) and lays the call out.
    /// @return message the calldata.
    /// @return dataOffset where the leaves start in it, bytes.
    function build(Work calldata work, Proof calldata proof)
        internal
        pure
        returns (bytes memory message, uint256 dataOffset)
    {
        uint256 buffers = work.inputs.length;
        (uint256 rows, uint256 leaves) = _check(work, proof);
        uint256 expected = leaves * Merkle.LEAF_BYTES;
        require(proof.data.length == expected, IFraudProof.DataSizeMismatch(proof.data.length, expected));

        Cursor memory cursor;
        cursor.row = 32 * (1 + HEADER_WORDS * buffers);
        dataOffset = cursor.row + 32 * ROW_WORDS * rows;
        cursor.data = dataOffset;
        message = new bytes(dataOffset + expected);
        bytes calldata data = proof.data;
        assembly ("memory-safe") {
            calldatacopy(add(add(message, 32), dataOffset), data.offset, data.length)
        }
        _put(message, 0, proof.id);
        for (uint256 buffer; buffer < buffers; ++buffer) {
            _describe(
                message, 32 * (1 + HEADER_WORDS * buffer), buffer, work.inputs[buffer].words, proof.windows, cursor
            );
        }
    }

    /// @notice The hashes of the leaves of windows `first` to `end` (exclusive) and their positions in the buffer's tree.
    /// @param leaves how many they are.
    /// @param dataOffset where they start in `message`, bytes.
    function leavesOf(
        Proof calldata proof,
        uint256 first,
        uint256 end,
        uint256 leaves,
        bytes memory message,
        uint256 dataOffset
    ) internal pure returns (bytes32[] memory nodes, uint256[] memory indices) {
        nodes = new bytes32[](leaves);
        indices = new uint256[](leaves);
        uint256 position;
        for (uint256 w = first; w < end; ++w) {
            Window calldata window = proof.windows[w];
            for (uint256 i; i < window.leaves; ++i) {
                bytes32 node;
                assembly ("memory-safe") {
                    node := keccak256(add(add(message, 32), dataOffset), 128)
                }
                nodes[position] = node;
                indices[position] = window.firstLeaf + i;
                dataOffset += Merkle.LEAF_BYTES;
                ++position;
            }
        }
    }

    function _check(Work calldata work, Proof calldata proof) private pure returns (uint256 rows, uint256 leaves) {
        uint256 last = type(uint256).max;
        uint256 lastEnd;
        for (uint256 i; i < proof.windows.length; ++i) {
            Window calldata window = proof.windows[i];
            uint256 end = uint256(window.firstLeaf) + window.leaves;
            bool sameBuffer = window.buffer == last;
            require(
                window.leaves != 0 && window.buffer < work.inputs.length
                    && (sameBuffer ? window.firstLeaf >= lastEnd : last == type(uint256).max || window.buffer > last),
                IFraudProof.WindowOutOfOrder(i)
            );
            uint256 most = Merkle.leavesOf(work.inputs[window.buffer].words);
            require(end <= most, IFraudProof.WindowOutOfRange(i, end, most));
            if (sameBuffer) ++rows;
            leaves += window.leaves;
            (last, lastEnd) = (window.buffer, end);
        }
    }

    /// @dev Writes the header of one buffer and the table of its further windows.
    function _describe(
        bytes memory message,
        uint256 header,
        uint256 buffer,
        uint256 words,
        Window[] calldata windows,
        Cursor memory cursor
    ) private pure {
        _put(message, header, words);
        _put(message, header + 160, cursor.row);
        uint256 further;
        for (uint256 first = cursor.index; cursor.index < windows.length; ++cursor.index) {
            Window calldata window = windows[cursor.index];
            if (window.buffer != buffer) break;
            uint256 row = header + 32;
            if (cursor.index != first) {
                row = cursor.row;
                cursor.row += 32 * ROW_WORDS;
                ++further;
            }
            uint256 start = uint256(window.firstLeaf) * Merkle.LEAF_WORDS;
            uint256 length = uint256(window.leaves) * Merkle.LEAF_WORDS;
            // The last leaf is padded; the padding is no part of the buffer.
            if (start + length > words) length = words - start;
            _put(message, row, start);
            _put(message, row + 32, length);
            _put(message, row + 64, cursor.data);
            cursor.data += uint256(window.leaves) * Merkle.LEAF_BYTES;
        }
        _put(message, header + 128, further);
    }

    function _put(bytes memory message, uint256 offset, uint256 value) private pure {
        assembly ("memory-safe") {
            mstore(add(add(message, 32), offset), value)
        }
    }
}
