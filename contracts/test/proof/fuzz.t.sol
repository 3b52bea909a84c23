// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { FraudProof } from "../../src/FraudProof.sol";
import { IFraudProof } from "../../src/interfaces/IFraudProof.sol";
import { Proof, Verdict } from "../../src/types/Proof.sol";
import { Task, Work } from "../../src/types/Task.sol";
import { NaiveMerkle } from "../market/NaiveMerkle.sol";
import { Lies } from "./Lies.sol";
import { Kernel, ProofBuilder } from "./ProofBuilder.sol";

/// @notice Over real kernels: an honest root is never convicted, one turned bit anywhere always can be.
contract ProofFuzzTest is ProofBuilder {
    FraudProof internal fraudProof = new FraudProof();

    struct Setting {
        Kernel kernel;
        uint32 shard;
        uint32 id;
        uint32 word;
        bytes output;
        bytes32 root;
    }

    /// @dev Well-formed proofs, and such with one lie, of words that are right.
    function testFuzz_AnHonestRootIsNeverConvicted(uint256 seed, uint256 kind, uint256 lie, uint256 limit) external {
        Setting memory s = _setting(seed, false);
        Proof memory proof = _proofOf(s.kernel, s.output, s.id, s.word);
        proof = Lies.told(proof, kind % Lies.KINDS, lie);
        // A root is one shard's; Market knows which, the caller vouches for it here.
        if (proof.id / s.kernel.elementsPerShard != s.shard) proof.id = s.id;
        (bool success,) = address(fraudProof).call{ gas: bound(limit, 20_000, 10_000_000) }(_call(s, proof));
        assertFalse(success, "I8");
    }

    function testFuzz_ARightWordIsNotDifferent(uint256 seed) external {
        Setting memory s = _setting(seed, false);
        (bool success, bytes memory answer) =
            address(fraudProof).call(_call(s, _proofOf(s.kernel, s.output, s.id, s.word)));
        assertFalse(success);
        assertEq(answer, abi.encodeWithSelector(IFraudProof.NotDifferent.selector, _wordAt(s.output, _place(s))));
    }

    function testFuzz_OneFlippedBitIsAlwaysConvicted(uint256 seed) external {
        Setting memory s = _setting(seed, true);
        Proof memory proof = _proofOf(s.kernel, s.output, s.id, s.word);
        (bool success, bytes memory answer) = address(fraudProof).call(_call(s, proof));
        assertTrue(success, "I9");
        _requireWords(s, abi.decode(answer, (Verdict)));
    }

    /// @dev However many leaves are shown: all that it reads, and it convicts; too few, and nothing happens.
    function testFuzz_AnyLeavesShownConvictOrDoNothing(uint256 seed, uint256 mask) external {
        Setting memory s = _setting(seed, true);
        bool[][] memory shown = new bool[][](s.kernel.inputs.length);
        for (uint256 i; i < shown.length; ++i) {
            shown[i] = new bool[]((s.kernel.inputs[i].length + 127) / 128);
            for (uint256 j; j < shown[i].length; ++j) {
                // Seven of eight.
                shown[i][j] = uint256(keccak256(abi.encode(mask, i, j))) % 8 != 0;
            }
        }
        Proof memory proof = _proofShowing(s.kernel, s.output, s.id, s.word, shown);
        (bool success, bytes memory answer) = address(fraudProof).call(_call(s, proof));
        if (success) {
            _requireWords(s, abi.decode(answer, (Verdict)));
        } else {
            assertEq(bytes4(answer), IFraudProof.KernelFailed.selector, "a word is missing, or nothing is wrong here");
        }
    }

    function testFuzz_RandomBytesProveNothing(bytes calldata noise, uint256 seed) external {
        Setting memory s = _setting(seed, seed % 2 == 0);
        (bool success,) = address(fraudProof).call(bytes.concat(fraudProof.prove.selector, noise));
        assertFalse(success);
        // And behind the right terms: the proof's own bytes replaced from some place on.
        bytes memory call = _call(s, _proofOf(s.kernel, s.output, s.id, s.word));
        uint256 from = 4 + (seed >> 16) % (call.length - 4);
        for (uint256 i; i < noise.length && from + i < call.length; ++i) {
            call[from + i] = noise[i];
        }
        (success,) = address(fraudProof).call(call);
        if (seed % 2 == 1) _requireHonestTerms(success, s, call);
    }

    // ------------------------------------------------------------------ inside

    /// @dev A word of a small kernel; `wrong` turns one bit of it.
    function _setting(uint256 seed, bool wrong) internal view returns (Setting memory s) {
        string[3] memory names = ["squares", "gather", "blend"];
        s.kernel = _kernel(names[seed % 3]);
        s.id = uint32((seed >> 8) % s.kernel.count);
        s.word = uint32((seed >> 40) % s.kernel.wordsPerElement);
        s.shard = s.id / s.kernel.elementsPerShard;
        s.output = s.kernel.outputs[s.shard];
        if (wrong) s.output = _flipped(s.output, _place(s), (seed >> 72) % 32);
        s.root = NaiveMerkle.rootOf(s.output);
    }

    function _place(Setting memory s) internal pure returns (uint256) {
        return uint256(s.id % s.kernel.elementsPerShard) * s.kernel.wordsPerElement + s.word;
    }

    function _call(Setting memory s, Proof memory proof) internal view returns (bytes memory) {
        return abi.encodeCall(fraudProof.prove, (_taskOf(s.kernel), _workOf(s.kernel), address(0), s.root, 0, proof));
    }

    function _taskOf(Kernel memory kernel) internal pure returns (Task memory task) {
        task.count = kernel.count;
        task.wordsPerElement = kernel.wordsPerElement;
        task.elementsPerShard = kernel.elementsPerShard;
    }

    function _requireWords(Setting memory s, Verdict memory verdict) internal pure {
        uint256 place = _place(s);
        assertEq(verdict.committed, _wordAt(s.output, place));
        assertEq(verdict.computed, _wordAt(s.kernel.outputs[s.shard], place));
    }

    /// @dev Noise may have changed the terms themselves, or made it another shard's root, which Market would never pass on; under
    /// the task's own it proves nothing.
    function _requireHonestTerms(bool success, Setting memory s, bytes memory call) internal view {
        if (!success) return;
        (Task memory task, Work memory work,, bytes32 root,, Proof memory proof) =
            abi.decode(this.argumentsOf(call), (Task, Work, address, bytes32, uint256, Proof));
        if (proof.id / s.kernel.elementsPerShard != s.shard) return;
        bytes32 given = keccak256(abi.encode(task, work, root));
        assertNotEq(given, keccak256(abi.encode(_taskOf(s.kernel), _workOf(s.kernel), s.root)), "I8");
    }

    function argumentsOf(bytes calldata call) external pure returns (bytes calldata) {
        return call[4:];
    }

    function _wordAt(bytes memory output, uint256 index) internal pure returns (uint32 word) {
        assembly {
            word := shr(224, mload(add(add(output, 32), mul(4, index))))
        }
    }
}
