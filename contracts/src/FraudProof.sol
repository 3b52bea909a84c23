// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Create2 } from "@openzeppelin/contracts/utils/Create2.sol";

import { IFraudProof } from "./interfaces/IFraudProof.sol";
import { ElementCall } from "./libraries/ElementCall.sol";
import { Merkle } from "./libraries/Merkle.sol";
import { Multiproof } from "./libraries/Multiproof.sol";
import { Proof, Verdict, Window } from "./types/Proof.sol";
import { Input, Task, Work } from "./types/Task.sol";

/// @title Fraud proof
/// @dev The order of trust: the code's hash, the output's leaf and every input word are checked against what the task and the
/// response committed to before the code runs, and what it answers counts only when it is whole.
contract FraudProof is IFraudProof {
    /// @dev Init code that returns what follows it, eleven bytes:
    /// PUSH1 11, CODESIZE, SUB, DUP1, PUSH1 11, PUSH0, CODECOPY, PUSH0, RETURN.
    bytes private constant LOADER = hex"600b380380600b5f395ff3";

    /// @inheritdoc IFraudProof
    function prove(Task calldata task, Work calldata work, address, bytes32 outputRoot, uint256, Proof calldata proof)
        external
        returns (Verdict memory verdict)
    {
        require(work.codeHash != 0, NotProvable());
        require(proof.id < task.count, ElementOutOfRange(proof.id, task.count));
        require(proof.word < task.wordsPerElement, WordOutOfRange(proof.word, task.wordsPerElement));

        verdict.committed = _committedWord(task, outputRoot, proof);
        verdict.kernel = proof.code.length == 0 ? proof.kernel : deployKernel(proof.code);
        bytes32 codeHash = verdict.kernel.codehash;
        require(codeHash == work.codeHash, KernelMismatch(verdict.kernel, work.codeHash, codeHash));
        verdict.computed = _computedWord(task, work, proof, verdict.kernel);
        require(verdict.committed != verdict.computed, NotDifferent(verdict.committed));
    }

    /// @inheritdoc IFraudProof
    function deployKernel(bytes calldata code) public returns (address kernel) {
        bytes memory initCode = bytes.concat(LOADER, code);
        kernel = Create2.computeAddress(0, keccak256(initCode));
        // Whoever was first, the address proves what is there.
        if (kernel.code.length != 0) return kernel;
        assembly ("memory-safe") {
            kernel := create2(0, add(initCode, 32), mload(initCode), 0)
        }
        require(kernel != address(0) && kernel.code.length != 0, KernelNotDeployed(code.length));
        emit KernelDeployed(kernel.codehash, kernel);
    }

    /// @inheritdoc IFraudProof
    function kernelAddress(bytes calldata code) external view returns (address kernel) {
        return Create2.computeAddress(0, keccak256(bytes.concat(LOADER, code)));
    }

    /// @dev The word that the provider committed to: element and word say where it lies, and the tree's shape follows from the
    /// shard's size alone.
    function _committedWord(Task calldata task, bytes32 outputRoot, Proof calldata proof)
        private
        pure
        returns (uint32 word)
    {
        (uint256 id, uint256 perShard, uint256 perElement) = (proof.id, task.elementsPerShard, task.wordsPerElement);
        uint256 words = task.shardElements(uint32(id / perShard)) * perElement;
        uint256 position = id % perShard * perElement + proof.word;
        // A node has 64 bytes, so none passes for a leaf.
        require(proof.leaf.length == Merkle.LEAF_BYTES, LeafSizeMismatch(proof.leaf.length, Merkle.LEAF_BYTES));
        (bytes32 root, uint256 used) =
            Multiproof.rootOf(keccak256(proof.leaf), position / Merkle.LEAF_WORDS, Merkle.leavesOf(words), proof.path);
        require(used == proof.path.length, PathMismatch(proof.path.length, used));
        require(root == outputRoot, CommittedRootMismatch(outputRoot, root));

        uint256 start = position % Merkle.LEAF_WORDS * 4;
        return uint32(bytes4(proof.leaf[start:start + 4]));
    }

    /// @dev The word that the kernel computes from its inputs. Whatever is not a whole and regular answer reverts.
    function _computedWord(Task calldata task, Work calldata work, Proof calldata proof, address kernel)
        private
        view
        returns (uint32 word)
    {
        Input[] memory inputs = work.inputs;
        Window[] memory windows = proof.windows;
        (bytes memory message, uint256 dataOffset) = ElementCall.build(proof.id, inputs, windows, proof.data);
        _requireInputs(inputs, windows, proof.siblings, message, dataOffset);

        bool success;
        uint256 size;
        assembly ("memory-safe") {
            success := staticcall(gas(), kernel, add(message, 32), mload(message), 0, 0)
            size := returndatasize()
        }
        // Too little gas for the kernel ends here too: a call that does not end says nothing about the word.
        require(success, KernelFailed(kernel));
        uint256 expected = 32 * uint256(task.wordsPerElement);
        require(size == expected, KernelSizeMismatch(size, expected));
        uint256 offset = 32 * uint256(proof.word);
        uint256 value;
        assembly ("memory-safe") {
            returndatacopy(0, offset, 32)
            value := mload(0)
        }
        require(value <= type(uint32).max, KernelWordTooLarge(value));
        return uint32(value);
    }

    /// @dev That the words given to the kernel are the ones under the buffers' roots: they are hashed where it reads them.
    function _requireInputs(
        Input[] memory inputs,
        Window[] memory windows,
        bytes32[] calldata siblings,
        bytes memory message,
        uint256 dataOffset
    ) private pure {
        uint256 used;
        // The windows are sorted, so each round takes those of one buffer.
        for (uint256 first; first < windows.length;) {
            uint256 buffer = windows[first].buffer;
            bytes32[] memory nodes;
            uint256[] memory indices;
            (nodes, indices, first) = ElementCall.leavesOf(windows, first, message, dataOffset);
            used = _requireRoot(inputs[buffer], buffer, nodes, indices, siblings, used);
            dataOffset += nodes.length * Merkle.LEAF_BYTES;
        }
        require(used == siblings.length, SiblingsMismatch(siblings.length, used));
    }

    /// @dev That the leaves are those of buffer number `buffer`, by siblings from position `used` on.
    /// @return next the first sibling that was not taken.
    function _requireRoot(
        Input memory input,
        uint256 buffer,
        bytes32[] memory nodes,
        uint256[] memory indices,
        bytes32[] calldata siblings,
        uint256 used
    ) private pure returns (uint256 next) {
        bytes32 root;
        (root, next) = Multiproof.rootOf(nodes, indices, Merkle.leavesOf(input.words), siblings, used);
        require(next <= siblings.length, SiblingsMismatch(siblings.length, next));
        require(root == input.root, InputRootMismatch(buffer, input.root, root));
    }
}
