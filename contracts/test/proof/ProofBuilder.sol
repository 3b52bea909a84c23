// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Test } from "forge-std/Test.sol";

import { Proof, Window } from "../../src/types/Proof.sol";
import { Input, Work } from "../../src/types/Task.sol";
import { NaiveMerkle } from "../market/NaiveMerkle.sol";

/// @notice A compiled kernel with its inputs and what it computes, from contracts/test/vectors/proofs.
struct Kernel {
    string name;
    bytes code;
    uint32 count;
    uint32 wordsPerElement;
    uint32 elementsPerShard;
    Input[] roots;
    /// @dev Empty where they are large: each buffer's bytes, and each shard's honest output.
    bytes[] inputs;
    bytes[] outputs;
}

/// @notice One word that a provider got wrong, and the proof as the SDK built it (with the code left out).
struct Lie {
    uint32 id;
    uint32 committed;
    uint32 computed;
    bytes32 outputRoot;
    Proof proof;
}

/// @notice Kernels and proofs from the vectors, and proofs built here in the plainest way.
abstract contract ProofBuilder is Test {
    // ------------------------------------------------------------------ vectors

    function _json(string memory name) internal view returns (string memory) {
        return vm.readFile(string.concat(vm.projectRoot(), "/contracts/test/vectors/proofs/", name, ".json"));
    }

    function _kernel(string memory name) internal view returns (Kernel memory kernel) {
        string memory json = _json(name);
        kernel.name = name;
        kernel.code = vm.parseJsonBytes(json, ".code");
        kernel.count = uint32(vm.parseJsonUint(json, ".count"));
        kernel.wordsPerElement = uint32(vm.parseJsonUint(json, ".wordsPerElement"));
        kernel.elementsPerShard = uint32(vm.parseJsonUint(json, ".elementsPerShard"));
        bytes32[] memory roots = vm.parseJsonBytes32Array(json, ".roots");
        uint256[] memory words = vm.parseJsonUintArray(json, ".words");
        kernel.roots = new Input[](roots.length);
        for (uint256 i; i < roots.length; ++i) {
            kernel.roots[i] = Input({ root: roots[i], words: uint32(words[i]) });
        }
        kernel.inputs = vm.parseJsonBytesArray(json, ".inputs");
        kernel.outputs = vm.parseJsonBytesArray(json, ".outputs");
    }

    function _lie(string memory name, uint256 index) internal view returns (Lie memory lie) {
        string memory json = _json(name);
        string memory where = string.concat(".proofs[", vm.toString(index), "]");
        lie.id = uint32(vm.parseJsonUint(json, string.concat(where, ".id")));
        lie.committed = uint32(vm.parseJsonUint(json, string.concat(where, ".committed")));
        lie.computed = uint32(vm.parseJsonUint(json, string.concat(where, ".computed")));
        lie.outputRoot = vm.parseJsonBytes32(json, string.concat(where, ".outputRoot"));
        lie.proof = abi.decode(vm.parseJsonBytes(json, string.concat(where, ".proof")), (Proof));
    }

    function _workOf(Kernel memory kernel) internal pure returns (Work memory work) {
        work.sourceHash = keccak256(bytes(kernel.name));
        work.codeHash = keccak256(kernel.code);
        work.compilerVersion = 1;
        work.inputs = kernel.roots;
    }

    /// @dev `output` with one bit of one word turned.
    function _flipped(bytes memory output, uint256 word, uint256 bit) internal pure returns (bytes memory wrong) {
        wrong = bytes.concat(output);
        uint256 place = 4 * word + bit / 8;
        wrong[place] = bytes1(uint8(wrong[place]) ^ uint8(1 << (bit % 8)));
    }

    // ------------------------------------------------------------------ proofs

    /// @dev About word `word` of element `id`, whose shard's output is `output`, showing every leaf of every buffer.
    function _proofOf(Kernel memory kernel, bytes memory output, uint32 id, uint32 word)
        internal
        pure
        returns (Proof memory proof)
    {
        bool[][] memory shown = new bool[][](kernel.inputs.length);
        for (uint256 i; i < shown.length; ++i) {
            shown[i] = new bool[]((kernel.inputs[i].length + 127) / 128);
            for (uint256 j; j < shown[i].length; ++j) {
                shown[i][j] = true;
            }
        }
        return _proofShowing(kernel, output, id, word, shown);
    }

    /// @dev The same, showing the leaves that `shown` marks, buffer by buffer.
    function _proofShowing(Kernel memory kernel, bytes memory output, uint32 id, uint32 word, bool[][] memory shown)
        internal
        pure
        returns (Proof memory proof)
    {
        (proof.id, proof.word) = (id, word);
        // A copy: who tampers with the proof does not change the kernel.
        proof.code = bytes.concat(kernel.code);
        uint256 leaf = (uint256(id % kernel.elementsPerShard) * kernel.wordsPerElement + word) / 32;
        proof.leaf = NaiveMerkle.leafOf(output, leaf);
        proof.path = NaiveMerkle.pathOf(output, leaf);
        for (uint32 buffer; buffer < shown.length; ++buffer) {
            bytes memory input = kernel.inputs[buffer];
            bool any;
            for (uint32 i; i < shown[buffer].length; ++i) {
                if (!shown[buffer][i]) continue;
                any = true;
                proof.data = bytes.concat(proof.data, NaiveMerkle.leafOf(input, i));
                bool joined = i != 0 && shown[buffer][i - 1];
                if (joined) ++proof.windows[proof.windows.length - 1].leaves;
                else proof.windows = _with(proof.windows, Window(buffer, i, 1));
            }
            if (any) proof.siblings = _joined(proof.siblings, NaiveMerkle.siblingsOf(input, shown[buffer]));
        }
    }

    function _with(Window[] memory list, Window memory item) internal pure returns (Window[] memory longer) {
        longer = new Window[](list.length + 1);
        for (uint256 i; i < list.length; ++i) {
            longer[i] = list[i];
        }
        longer[list.length] = item;
    }

    function _joined(bytes32[] memory a, bytes32[] memory b) internal pure returns (bytes32[] memory both) {
        both = new bytes32[](a.length + b.length);
        for (uint256 i; i < both.length; ++i) {
            both[i] = i < a.length ? a[i] : b[i - a.length];
        }
    }
}
