// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IFraudProof } from "../../../src/interfaces/IFraudProof.sol";
import { IMarket } from "../../../src/interfaces/IMarket.sol";
import { Proof } from "../../../src/types/Proof.sol";
import { Input, Task, Work } from "../../../src/types/Task.sol";
import { Kernel } from "../../proof/ProofBuilder.sol";
import { ProofFixture } from "../../proof/ProofFixture.sol";
import { NaiveMerkle } from "../NaiveMerkle.sol";

/// @notice Attacks of protocol.md, section 10, on challenges: convict the honest, shield a cheat, drain a pool.
contract ChallengeAttacks is ProofFixture {
    struct Dispute {
        Kernel kernel;
        Task task;
        Work work;
        bytes32 root;
        Proof proof;
    }

    // ------------------------------------------------------------------ drain a pool

    /// @dev Client, provider and challenger are one: most of its bond is gone.
    function test_SelfChallenge() external {
        Dispute memory d = _dispute(alice, true);
        uint256 before = vault.balanceOf(alice) + vault.balanceOf(client);
        _challengeAs(alice, d, alice);
        uint256 regained = vault.balanceOf(alice) + vault.balanceOf(client) - before;
        assertEq(STAKE - vault.poolOf(alice).assets, BOND);
        assertEq(regained, PRICE + (BOND - PRICE) / 4);
        assertLe(regained, BOND / 2);
        // It does not save the rest either: another shard is another bond.
        assertEq(market.recordOf(alice).slashed, 1);
    }

    /// @dev A provider with stakers behind it answers its own fake task wrong, at the highest bond, and convicts itself. Own stake
    /// burns first, so that it pays more than it takes out.
    function test_RugOfStakersThroughAFakeTask() external {
        address staker = makeAddr("staker");
        vm.deal(staker, 300 ether);
        vm.startPrank(staker);
        vault.deposit{ value: 300 ether }(staker);
        vault.stake(alice, 300 ether, address(market), 10_000);
        vm.stopPrank();

        // Twice the own stake is all that can be locked: 200 ether.
        Kernel memory kernel = _kernel("squares");
        Work memory work = _workOf(kernel);
        Task[2] memory tasks = [_provable(kernel), _provable(kernel)];
        bytes[2] memory wrong = [_flipped(kernel.outputs[0], 3, 0), _flipped(kernel.outputs[0], 3, 1)];
        bytes32[2] memory roots;
        for (uint256 i; i < 2; ++i) {
            (tasks[i].maxPrice, tasks[i].bond, tasks[i].salt) = (25 ether, 100 ether, i);
            _publish(tasks[i], work);
            roots[i] = _answer(tasks[i], alice, 0, wrong[i]);
        }
        for (uint256 i; i < 2; ++i) {
            vm.prank(stranger);
            market.challenge(tasks[i], work, alice, roots[i], 25 ether, _proofOf(kernel, wrong[i], 3, 0));
            // The other shard stays open; its escrow comes back at the end.
            vm.warp(tasks[i].deadline);
            market.reclaim(tasks[i]);
        }
        // What client, provider (its price) and challenger have of the 200 ether of bonds.
        uint256 regained = vault.balanceOf(client) + vault.balanceOf(alice) + vault.balanceOf(stranger) - 100 ether;
        uint256 ownLost = STAKE - vault.valueOf(alice, vault.sharesOf(alice, alice));
        assertEq(ownLost, STAKE, "own stake is gone first");
        assertEq(regained, 2 * (25 ether + 75 ether / 4));
        assertLt(regained, ownLost);
    }

    /// @dev A client that knows of a bug in the compiler gets a quarter of the bond for each honest answer: the market bounds the bond
    /// by twenty prices, or by what the dearest challenge costs where that is more.
    function test_MiscompileHarvest() external {
        Kernel memory kernel = _kernel("squares");
        Task memory task = _provable(kernel);
        uint256 most = 20 * uint256(PRICE);
        uint256 paying = PRICE + 4 * 8_000_000 * uint256(1 gwei);
        if (paying > most) most = paying;
        task.bond = uint128(most + 1);
        vm.expectRevert(
            abi.encodeWithSelector(
                IMarket.TermOutOfBounds.selector, bytes32("bond"), most + 1, 4 * uint256(PRICE), most
            )
        );
        _publish(task, _workOf(kernel));
        // The owner's lock limit bounds what all such tasks together can take.
        vm.prank(alice);
        vault.setLockLimit(BOND / 2);
        task.bond = BOND;
        _publish(task, _workOf(kernel));
        vm.expectPartialRevert(bytes4(keccak256("LockAboveLimit(address,uint256,uint256,uint256)")));
        this.answer(task, kernel.outputs[0]);
    }

    function answer(Task memory task, bytes memory output) external {
        _answer(task, alice, 0, output);
    }

    // ------------------------------------------------------------------ convict the honest

    /// @dev Whatever gas comes along: the right answer stands, and the wrong one falls or nothing happens.
    function test_ChallengeWithTooLittleGas() external {
        Dispute memory right = _dispute(alice, false);
        Dispute memory wrong = _dispute(bob, true);
        bool convicted;
        for (uint256 limit = 25_000; limit < 900_000 && !convicted; limit += 1499) {
            assertFalse(_tryAs(stranger, right, alice, limit), "I8");
            convicted = _tryAs(stranger, wrong, bob, limit);
            assertEq(market.recordOf(bob).slashed, convicted ? 1 : 0);
        }
        assertTrue(convicted);
        assertEq(market.recordOf(alice).slashed, 0);
        assertEq(vault.poolOf(alice).assets, STAKE);
    }

    /// @dev A dear element, gas for half of it: the element code dies, the transaction with it.
    function test_ChallengeWithTooLittleGasForADearElement() external {
        Kernel memory spin = _kernel("spin");
        Task memory task = _provable(spin);
        Work memory work = _workOf(spin);
        bytes32 taskId = _publish(task, work);
        bytes32 root = _answer(task, alice, 0, spin.outputs[0]);
        address kernel = fraudProof.deployKernel(spin.code);
        Proof memory proof = _proofOf(spin, spin.outputs[0], 31, 0);
        (proof.code, proof.kernel) = ("", kernel);
        bytes memory call = abi.encodeCall(market.challenge, (task, work, alice, root, PRICE, proof));
        uint256 died;
        for (uint256 limit = 100_000; limit < 1_500_000; limit += 50_000) {
            (bool success, bytes memory reason) = address(market).call{ gas: limit }(call);
            assertFalse(success, "I8");
            if (bytes4(reason) == IFraudProof.KernelFailed.selector) ++died;
        }
        assertGt(died, 5);
        (, bytes memory last) = address(market).call(call);
        assertEq(bytes4(last), IFraudProof.NotDifferent.selector);
        assertFalse(market.shardState(taskId, 0).slashed);
    }

    /// @dev The chain cannot read WGSL: it runs the code whose hash the terms name. Code that computes something else than the text
    /// says convicts whoever computed the text. That is why a worker compiles the text itself and compares the hash before it
    /// touches a task; what it compares is what the chain will run, to the byte.
    function test_PlantedKernelWhoseCodeDiffersFromItsText() external {
        Kernel memory honest = _kernel("squares");
        Kernel memory planted = _kernel("squares");
        // PUSH0, PUSH0, MSTORE, PUSH1 32, PUSH0, RETURN: every word is zero.
        planted.code = hex"5f5f5260205ff3";
        Work memory work = _workOf(planted);
        assertEq(work.sourceHash, _workOf(honest).sourceHash);
        assertNotEq(work.codeHash, _workOf(honest).codeHash, "what the worker sees");
        Task memory task = _provable(planted);
        _publish(task, work);
        bytes32 root = _answer(task, alice, 0, honest.outputs[0]);
        Proof memory proof = _proofOf(planted, honest.outputs[0], 3, 0);
        vm.prank(stranger);
        market.challenge(task, work, alice, root, PRICE, proof);
        // Nor can the planted code be used against tasks that name the compiled one.
        Dispute memory d = _dispute(bob, false);
        d.proof.code = planted.code;
        _expectRefused(d, bob, IFraudProof.KernelMismatch.selector);
    }

    /// @dev Another buffer's words under their own root, another task's work, another provider's wrong answer: none sticks.
    function test_EvidenceAgainstAnother() external {
        Dispute memory right = _dispute(alice, false);
        Dispute memory wrong = _dispute(bob, true);
        // Bob's wrong output under Alice's name.
        right.proof = wrong.proof;
        right.root = wrong.root;
        _expectRefused(right, alice, IMarket.ResponseMismatch.selector);
        right = _dispute(alice, false);
        right.proof.leaf = wrong.proof.leaf;
        _expectRefused(right, alice, IFraudProof.CommittedRootMismatch.selector);
        right = _dispute(alice, false);
        right.work.inputs = new Input[](1);
        right.work.inputs[0] = Input(keccak256("mine"), 300);
        _expectRefused(right, alice, IMarket.WorkHashMismatch.selector);
    }

    /// @dev The last leaf of an input is padded, and a client may build its tree over any padding: no element can read it.
    function test_PaddingIsNoInput() external {
        Kernel memory gather = _kernel("gather");
        // 300 words: 12 in the last leaf. The tree is over other padding than zeros.
        bytes memory padded = bytes.concat(gather.inputs[0], new bytes(80));
        for (uint256 i = gather.inputs[0].length; i < padded.length; ++i) {
            padded[i] = 0xff;
        }
        gather.roots[0].root = NaiveMerkle.rootOf(padded);
        gather.inputs[0] = padded;
        Work memory work = _workOf(gather);
        Task memory task = _provable(gather);
        _publish(task, work);
        bytes32 root = _answer(task, alice, 0, gather.outputs[0]);
        for (uint32 id; id < gather.elementsPerShard; id += 13) {
            Proof memory proof = _proofOf(gather, gather.outputs[0], id, 0);
            vm.prank(stranger);
            vm.expectPartialRevert(IFraudProof.NotDifferent.selector);
            market.challenge(task, work, alice, root, PRICE, proof);
        }
    }

    // ------------------------------------------------------------------ shield a cheat

    /// @dev A cheat convicts itself for a trifle first? There are no trifles: what it convicts itself of is the bond.
    function test_ShieldingByBeingFirst() external {
        Dispute memory d = _dispute(alice, true);
        _challengeAs(alice, d, alice);
        _expectRefused(d, alice, IMarket.AlreadyConvicted.selector);
        assertEq(vault.poolOf(alice).assets, STAKE - BOND);
    }

    /// @dev Leaving, changing the market or another response's slash does not take away what this one's bond is.
    function test_ShieldingByLeaving() external {
        Dispute memory d = _dispute(alice, true);
        vm.startPrank(alice);
        vault.requestUnstake(alice, vault.sharesOf(alice, alice));
        vm.expectPartialRevert(bytes4(keccak256("PoolLocked(address,uint256,uint256)")));
        vault.setMarket(makeAddr("another market"));
        vault.setLockLimit(0);
        vm.stopPrank();
        skip(48 hours - 1);
        _challengeAs(stranger, d, alice);
        assertEq(vault.poolOf(alice).assets, STAKE - BOND);
    }

    /// @dev Someone sent money to where the code will be, or put it there before: the challenge goes on.
    function test_ShieldingByTakingTheKernelsPlace() external {
        Dispute memory d = _dispute(alice, true);
        vm.deal(fraudProof.kernelAddress(d.proof.code), 1);
        fraudProof.deployKernel(d.proof.code);
        _challengeAs(stranger, d, alice);
        assertTrue(market.shardState(market.taskIdFor(d.task), 0).slashed);
    }

    /// @dev The wrong element is the dearest one of the kernel, with every leaf shown.
    function test_ShieldingByADearElement() external {
        Kernel memory spin = _kernel("spin");
        Task memory task = _provable(spin);
        Work memory work = _workOf(spin);
        bytes32 taskId = _publish(task, work);
        bytes memory wrong = _flipped(spin.outputs[0], 31, 31);
        bytes32 root = _answer(task, alice, 0, wrong);
        bytes memory call =
            abi.encodeCall(market.challenge, (task, work, alice, root, PRICE, _proofOf(spin, wrong, 31, 0)));
        vm.prank(stranger);
        (bool success,) = address(market).call{ gas: 8_000_000 }(call);
        assertTrue(success);
        assertTrue(market.shardState(taskId, 0).slashed);
    }

    /// @dev A kernel must not find a way back into the market: it is called statically.
    function test_ReentryByAPlantedKernel() external {
        Kernel memory planted = _kernel("squares");
        // CALL with value 0 to the market, whatever it says; then MSTORE and RETURN a zero word.
        planted.code = bytes.concat(hex"5f5f5f5f5f73", bytes20(address(market)), hex"5af1505f5f5260205ff3");
        Work memory work = _workOf(planted);
        Task memory task = _provable(planted);
        _publish(task, work);
        bytes32 root = _answer(task, alice, 0, planted.outputs[0]);
        vm.prank(stranger);
        market.challenge(task, work, alice, root, PRICE, _proofOf(planted, planted.outputs[0], 0, 0));
        assertEq(market.recordOf(alice).slashed, 1, "once");
    }

    // ------------------------------------------------------------------ inside

    /// @dev `provider` answers shard 0 of `gather`, right or with one wrong bit in element 3; the proof about that element.
    function _dispute(address provider, bool wrong) internal returns (Dispute memory d) {
        d.kernel = _kernel("gather");
        d.task = _provable(d.kernel);
        d.task.salt = uint256(keccak256(abi.encode(provider, wrong, block.timestamp)));
        d.work = _workOf(d.kernel);
        _publish(d.task, d.work);
        bytes memory output = d.kernel.outputs[0];
        if (wrong) output = _flipped(output, 3, 5);
        d.root = _answer(d.task, provider, 0, output);
        d.proof = _proofOf(d.kernel, output, 3, 0);
    }

    function _challengeAs(address challenger, Dispute memory d, address provider) internal {
        vm.prank(challenger);
        market.challenge(d.task, d.work, provider, d.root, PRICE, d.proof);
    }

    function _tryAs(address challenger, Dispute memory d, address provider, uint256 limit) internal returns (bool ok) {
        bytes memory call = abi.encodeCall(market.challenge, (d.task, d.work, provider, d.root, PRICE, d.proof));
        vm.prank(challenger);
        (ok,) = address(market).call{ gas: limit }(call);
    }

    function _expectRefused(Dispute memory d, address provider, bytes4 why) internal {
        bytes memory call = abi.encodeCall(market.challenge, (d.task, d.work, provider, d.root, PRICE, d.proof));
        (bool success, bytes memory reason) = address(market).call(call);
        assertFalse(success);
        assertEq(bytes4(reason), why);
    }
}
