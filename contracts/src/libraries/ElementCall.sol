// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IFraudProof } from "../interfaces/IFraudProof.sol";
import { Window } from "../types/Proof.sol";
import { Input } from "../types/Task.sol";
import { Merkle } from "./Merkle.sol";

/// @title Element call
/// @notice The calldata of element code (docs/kernel-abi.md): the element's id; of each buffer its length in words and its
/// first window; the further windows; the windows' words.
/// @dev Unchecked: everything counts words, leaves or bytes of 32-bit numbers and of what fits into calldata.
library ElementCall {
    /// @dev Words of 32 bytes: a buffer's header is length, first window (start, length, pointer), number of further windows and
    /// where their table is; a row of that table is start, length, pointer.
    uint256 private constant HEADER_WORDS = 6;
    uint256 private constant ROW_WORDS = 3;

    /// @dev The next window to describe, and where its table row and its words go, bytes from the start of the call.
    struct Cursor {
        uint256 window;
        uint256 row;
        uint256 data;
    }

    /// @notice Checks the windows (sorted, disjoint, inside their buffers, as many leaves as data) and lays the call out.
    /// @return message the calldata.
    /// @return dataOffset where the leaves start in it, bytes.
    function build(uint32 id, Input[] memory inputs, Window[] memory windows, bytes calldata data)
        internal
        pure
        returns (bytes memory message, uint256 dataOffset)
    {
        (uint256 rows, uint256 leaves) = _check(inputs, windows);
        uint256 expected = leaves * Merkle.LEAF_BYTES;
        require(data.length == expected, IFraudProof.DataSizeMismatch(data.length, expected));

        Cursor memory cursor;
        cursor.row = 32 * (1 + HEADER_WORDS * inputs.length);
        cursor.data = dataOffset = cursor.row + 32 * ROW_WORDS * rows;
        message = new bytes(dataOffset + expected);
        assembly ("memory-safe") {
            calldatacopy(add(add(message, 32), dataOffset), data.offset, data.length)
        }
        _put(message, 0, id);
        for (uint256 buffer; buffer < inputs.length; ++buffer) {
            uint256 header = 32 * (1 + HEADER_WORDS * buffer);
            _describe(message, header, buffer, inputs[buffer].words, windows, cursor);
        }
    }

    /// @notice The hashes of the leaves that one buffer's windows show, the first of which is `first`, and their positions in
    /// the buffer's tree.
    /// @param dataOffset where they start in `message`, bytes.
    /// @return nodes the hashes.
    /// @return indices the positions.
    /// @return end the first window of another buffer.
    function leavesOf(Window[] memory windows, uint256 first, bytes memory message, uint256 dataOffset)
        internal
        pure
        returns (bytes32[] memory nodes, uint256[] memory indices, uint256 end)
    {
        unchecked {
            uint256 leaves;
            for (end = first; end < windows.length && windows[end].buffer == windows[first].buffer; ++end) {
                leaves += windows[end].leaves;
            }
            nodes = new bytes32[](leaves);
            indices = new uint256[](leaves);
            uint256 position;
            for (uint256 w = first; w < end; ++w) {
                Window memory window = windows[w];
                for (uint256 i; i < window.leaves; ++i) {
                    bytes32 node;
                    assembly ("memory-safe") {
                        node := keccak256(add(add(message, 32), dataOffset), 128)
                    }
                    nodes[position] = node;
                    indices[position++] = window.firstLeaf + i;
                    dataOffset += Merkle.LEAF_BYTES;
                }
            }
        }
    }

    /// @return rows windows that are not the first of their buffer.
    /// @return leaves what all windows show.
    function _check(Input[] memory inputs, Window[] memory windows)
        private
        pure
        returns (uint256 rows, uint256 leaves)
    {
        unchecked {
            // No buffer has this number, so that the first window is the first of its buffer.
            uint256 last = type(uint256).max;
            uint256 lastEnd;
            uint256 most;
            for (uint256 i; i < windows.length; ++i) {
                Window memory window = windows[i];
                bool further = window.buffer == last;
                bool inOrder = further ? window.firstLeaf >= lastEnd : i == 0 || window.buffer > last;
                require(inOrder && window.buffer < inputs.length && window.leaves != 0, IFraudProof.WindowOutOfOrder(i));
                if (further) ++rows;
                else most = Merkle.leavesOf(inputs[window.buffer].words);
                last = window.buffer;
                lastEnd = uint256(window.firstLeaf) + window.leaves;
                require(lastEnd <= most, IFraudProof.WindowOutOfRange(i, lastEnd, most));
                leaves += window.leaves;
            }
        }
    }

    /// @dev Writes the header of one buffer and the table of its further windows.
    function _describe(
        bytes memory message,
        uint256 header,
        uint256 buffer,
        uint256 words,
        Window[] memory windows,
        Cursor memory cursor
    ) private pure {
        unchecked {
            _put(message, header, words);
            _put(message, header + 160, cursor.row);
            uint256 place = header + 32;
            uint256 seen;
            for (uint256 i = cursor.window; i < windows.length && windows[i].buffer == buffer; ++i) {
                uint256 start = uint256(windows[i].firstLeaf) * Merkle.LEAF_WORDS;
                uint256 shown = uint256(windows[i].leaves) * Merkle.LEAF_WORDS;
                _put(message, place, start);
                // The last leaf is padded; the padding is no part of the buffer.
                _put(message, place + 32, start + shown > words ? words - start : shown);
                _put(message, place + 64, cursor.data);
                cursor.data += 4 * shown;
                // The first window is in the header, all others are in the table.
                place = cursor.row + 32 * ROW_WORDS * seen++;
            }
            if (seen == 0) return;
            _put(message, header + 128, seen - 1);
            cursor.window += seen;
            cursor.row += 32 * ROW_WORDS * (seen - 1);
        }
    }

    function _put(bytes memory message, uint256 offset, uint256 value) private pure {
        assembly ("memory-safe") {
            mstore(add(add(message, 32), offset), value)
        }
    }
}
