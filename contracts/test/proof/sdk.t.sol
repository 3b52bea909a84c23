// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Verdict } from "../../src/types/Proof.sol";
import { Task, Work } from "../../src/types/Task.sol";
import { Kernel, Lie } from "./ProofBuilder.sol";
import { ProofFixture } from "./ProofFixture.sol";

/// @notice Proofs that the SDK built over code that the compiler wrote convict, and say both words right.
contract SdkProofsTest is ProofFixture {
    function test_EveryProofOfTheVectorsConvicts() external {
        string[6] memory names = ["squares", "gather", "blend", "spin", "fractal", "photo"];
        uint8[6] memory counts = [4, 6, 8, 3, 1, 3];
        for (uint256 i; i < names.length; ++i) {
            for (uint256 j; j < counts[i]; ++j) {
                _convicts(names[i], j);
            }
        }
    }

    function _convicts(string memory name, uint256 index) internal {
        Kernel memory kernel = _kernel(name);
        Task memory task = _provable(kernel);
        Work memory work = _workOf(kernel);
        Lie memory lie = _lie(name, index);
        lie.proof.kernel = fraudProof.deployKernel(kernel.code);
        Verdict memory verdict = fraudProof.prove(task, work, alice, lie.outputRoot, PRICE, lie.proof);
        assertEq(verdict.committed, lie.committed, name);
        assertEq(verdict.computed, lie.computed, name);
        assertEq(lie.proof.id, lie.id);
    }
}
