// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Proof } from "../../src/types/Proof.sol";
import { Task, Work } from "../../src/types/Task.sol";
import { ElementCallHarness } from "./ElementCallHarness.sol";
import { Kernel, Lie } from "./ProofBuilder.sol";
import { ProofFixture } from "./ProofFixture.sol";

/// @notice Gas of whole challenges, calldata and the 21,000 included: proof, element code, slash. Outputs have 4 MiB, the photo's
/// input too. What the element code itself takes is written beside it, so that the rest can be told.
/// forge-config: default.isolate = true
contract ChallengeGasTest is ProofFixture {
    string internal constant FILE = "Challenge";

    ElementCallHarness internal harness = new ElementCallHarness();

    function setUp() public override {
        super.setUp();
        // Nobody's first time: whoever is paid here has a balance, and something was burned before.
        address[3] memory known = [client, stranger, address(0)];
        vm.deal(address(this), 3);
        for (uint256 i; i < known.length; ++i) {
            vault.deposit{ value: 1 }(known[i]);
        }
    }

    /// @dev Above the aim: its path and the nodes beside six leaves of 4 MiB are most of the calldata.
    function test_Photo() external {
        _measure("photo", 0, "photo, inside of leaves", 205_000);
        _measure("photo", 1, "photo, across leaves", 205_000);
        _measure("photo", 2, "photo, a corner", 205_000);
    }

    function test_Fractal() external {
        _measure("fractal", 0, "fractal, 256 iterations", 170_000);
    }

    /// @dev With the element code brought along: what the first challenge of a kernel costs more.
    function test_FirstOfAKernel() external {
        _challenge("photo", 1, false);
        vm.snapshotGasLastCall(FILE, "photo, across leaves, deploying its code");
        _challenge("fractal", 0, false);
        vm.snapshotGasLastCall(FILE, "fractal, 256 iterations, deploying its code");
    }

    function _measure(string memory name, uint256 index, string memory label, uint256 most) internal {
        uint256 used = _challenge(name, index, true);
        vm.snapshotGasLastCall(FILE, label);
        uint256 kernel = _kernelGas(name, index);
        vm.snapshotValue(FILE, string.concat(label, ": element code"), kernel);
        assertLe(used - kernel, most, "a verdict but for the kernel");
    }

    function _challenge(string memory name, uint256 index, bool deployed) internal returns (uint256 used) {
        Kernel memory kernel = _kernel(name);
        Task memory task = _provable(kernel);
        task.salt = uint256(keccak256(abi.encode(name, index)));
        Work memory work = _workOf(kernel);
        _publish(task, work);
        Lie memory lie = _lie(name, index);
        Proof memory proof = lie.proof;
        _answerRoot(task, alice, 0, lie.outputRoot);
        if (deployed) proof.kernel = fraudProof.deployKernel(kernel.code);
        else proof.code = kernel.code;
        vm.prank(stranger);
        market.challenge(task, work, alice, lie.outputRoot, PRICE, proof);
        return vm.lastCallGas().gasTotalUsed;
    }

    function _kernelGas(string memory name, uint256 index) internal returns (uint256) {
        Kernel memory kernel = _kernel(name);
        Proof memory proof = _lie(name, index).proof;
        proof.kernel = fraudProof.deployKernel(kernel.code);
        return harness.gasOf(_workOf(kernel), proof);
    }
}
