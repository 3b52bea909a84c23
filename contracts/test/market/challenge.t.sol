// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Vm } from "forge-std/Vm.sol";

import { IFraudProof } from "../../src/interfaces/IFraudProof.sol";
import { IMarket } from "../../src/interfaces/IMarket.sol";
import { IVault } from "../../src/interfaces/IVault.sol";
import { Proof } from "../../src/types/Proof.sol";
import { Response } from "../../src/types/Response.sol";
import { Task, Work } from "../../src/types/Task.sol";
import { Kernel } from "../proof/ProofBuilder.sol";
import { ProofFixture } from "../proof/ProofFixture.sol";
import { Answers } from "./Answers.sol";

contract ChallengeTest is ProofFixture {
    /// @dev Element 41 of `gather` lies in shard 1; one word an element.
    uint32 internal constant ID = 41;
    uint32 internal constant SHARD = 1;

    /// @notice A call of `challenge` about to be made.
    struct Attempt {
        Task task;
        Work work;
        address provider;
        bytes32 root;
        uint256 price;
        Proof proof;
    }

    // ------------------------------------------------------------------ refused

    function test_RevertWhen_WorkHashMismatch() external {
        Attempt memory a = _cheated();
        a.work.compilerVersion = 2;
        bytes32 other = keccak256(abi.encode(a.work));
        _refused(a, abi.encodeWithSelector(IMarket.WorkHashMismatch.selector, a.task.workHash, other));
        // Another task's work, with the proof that fits it.
        Kernel memory squares = _kernel("squares");
        a.work = _workOf(squares);
        a.proof = _proofOf(squares, squares.outputs[1], ID, 0);
        other = keccak256(abi.encode(a.work));
        _refused(a, abi.encodeWithSelector(IMarket.WorkHashMismatch.selector, a.task.workHash, other));
    }

    function test_RevertWhen_FinalByVerifier() external {
        Attempt memory a = _cheated();
        a.work.codeHash = 0;
        a.task.workHash = keccak256(abi.encode(a.work));
        a.task.verifier = address(moody);
        bytes32 taskId = _publish(a.task, a.work);
        _answer(a.task, alice, SHARD, _kernel("gather").outputs[SHARD]);
        assertEq(_tail(alice), BOND, "of the other task alone");
        _refused(a, abi.encodeWithSelector(IMarket.FinalByVerifier.selector, taskId, address(moody)));
    }

    function test_RevertWhen_ShardNotSettled() external {
        Attempt memory a = _cheated();
        bytes32 taskId = market.taskIdFor(a.task);
        a.proof.id = 0;
        _refused(a, abi.encodeWithSelector(IMarket.ShardNotSettled.selector, taskId, 0));
        // Shards of 40: elements from 80 on are none of the task's 75.
        a.proof.id = 80;
        _refused(a, abi.encodeWithSelector(IMarket.ShardNotSettled.selector, taskId, 2));
        a.proof.id = ID;
        a.task.bond += 1;
        _refused(a, abi.encodeWithSelector(IMarket.ShardNotSettled.selector, market.taskIdFor(a.task), SHARD));
    }

    function test_RevertWhen_AlreadyConvicted() external {
        Attempt memory a = _cheated();
        _challenge(a);
        _refused(a, abi.encodeWithSelector(IMarket.AlreadyConvicted.selector, market.taskIdFor(a.task), SHARD));
    }

    function test_RevertWhen_ResponseMismatch() external {
        Attempt memory a = _cheated();
        a.provider = bob;
        _refusedResponse(a);
        (a.provider, a.price) = (alice, a.price + 1);
        _refusedResponse(a);
        a.price -= 1;
        a.root = ~a.root;
        _refusedResponse(a);
    }

    function test_RevertWhen_WindowPassed() external {
        Attempt memory a = _cheated();
        uint256 end = block.timestamp + 48 hours;
        vm.warp(end);
        bytes32 taskId = market.taskIdFor(a.task);
        _refused(a, abi.encodeWithSelector(IMarket.WindowPassed.selector, taskId, SHARD, end, end));
        vm.warp(end - 1);
        _challenge(a);
    }

    function test_RevertWhen_NothingIsProven() external {
        Attempt memory a = _cheated();
        a.proof.word = 1;
        _refused(a, abi.encodeWithSelector(IFraudProof.WordOutOfRange.selector, 1, 1));
        a.proof.word = 0;
        // 75 to 79 would lie in the last shard, were it full.
        a.proof.id = 75;
        _refused(a, abi.encodeWithSelector(IFraudProof.ElementOutOfRange.selector, 75, 75));
        a = _cheated();
        a.proof = _proofOf(_kernel("gather"), _wrong(), ID + 1, 0);
        _refused(a, abi.encodeWithSelector(IFraudProof.NotDifferent.selector, uint32(bytes4(_at(_wrong(), 2)))));
    }

    function test_RevertWhen_TheTaskIsNotProvable() external {
        Task memory job = _job(1);
        _publish(job);
        Response[] memory responses = _offer(job, alice, PRICE);
        _mature();
        _confirm(job, alice);
        _respond(job, responses[0]);
        Attempt memory a;
        (a.task, a.work, a.provider, a.price) = (job, _work(), alice, PRICE);
        a.root = responses[0].outputRoot;
        _refused(a, abi.encodeWithSelector(IFraudProof.NotProvable.selector));
    }

    // ------------------------------------------------------------------ convicted

    function test_ItConvicts() external {
        Attempt memory a = _cheated();
        bytes32 taskId = market.taskIdFor(a.task);
        uint256 earned = vault.balanceOf(alice);
        uint256 settledAt = market.shardState(taskId, SHARD).settledAt;
        skip(1 hours);

        uint32 right = uint32(bytes4(_at(_kernel("gather").outputs[SHARD], ID - 40)));
        uint32 wrong = uint32(bytes4(_at(_wrong(), ID - 40)));
        vm.expectEmit(address(market));
        emit IMarket.Convicted(taskId, alice, stranger, SHARD, ID, 0, wrong, right);
        vm.expectEmit(true, true, true, false, address(vault));
        emit IVault.Slashed(alice, client, stranger, settledAt, BOND, PRICE, (BOND - PRICE) / 4, 0);
        _challenge(a);

        IMarket.ShardState memory shard = market.shardState(taskId, SHARD);
        assertTrue(shard.slashed);
        assertEq(shard.settledAt, settledAt);
        assertEq(market.recordOf(alice).slashed, 1);
        assertEq(market.recordOf(alice).settled, 1);
        assertEq(_tail(alice), 0);
        assertEq(vault.poolOf(alice).assets, STAKE - BOND);
        assertEq(vault.poolOf(alice).lockLimit, 1000 ether - BOND);
        assertEq(vault.balanceOf(alice), earned, "what it earned with it stays; the bond pays");
        assertEq(vault.balanceOf(client), PRICE);
        assertEq(vault.balanceOf(stranger), (BOND - PRICE) / 4);
        assertEq(vault.balanceOf(address(0)), BOND - PRICE - (BOND - PRICE) / 4);
        assertEq(_left(taskId), PRICE, "the other shard's price");
    }

    function test_TheShardStaysClosed() external {
        Attempt memory a = _cheated();
        _challenge(a);
        Response memory again = Answers.with(bob, SHARD, _kernel("gather").outputs[SHARD]);
        _commit(a.task, again);
        _mature();
        vm.expectRevert(abi.encodeWithSelector(IMarket.ShardSettled.selector, market.taskIdFor(a.task), SHARD));
        _respond(a.task, again);
    }

    /// @dev Vault counts tails in epochs of one window; a response of the last one's last second is still good.
    function test_ItReachesBackIntoTheEpochBefore() external {
        vm.warp((block.timestamp / 48 hours + 1) * 48 hours - 25);
        Attempt memory a = _cheated();
        assertEq((block.timestamp + 1) % 48 hours, 0);
        skip(48 hours - 1);
        _challenge(a);
        assertEq(vault.balanceOf(client), PRICE);
    }

    function test_ManualConfirmationGivesTheAskBack() external {
        Kernel memory gather = _kernel("gather");
        Task memory job = _job(2);
        Work memory work = _workOf(gather);
        (job.count, job.elementsPerShard) = (gather.count, gather.elementsPerShard);
        job.workHash = keccak256(abi.encode(work));
        bytes32 taskId = _publish(job, work);
        Response memory response = Answers.with(alice, SHARD, _wrong());
        response.path = new bytes32[](1);
        bytes32 leaf = _leaf(taskId, response);
        response.path[0] = keccak256("the other shard's leaf");
        bytes32 root = leaf < response.path[0]
            ? keccak256(abi.encode(leaf, response.path[0]))
            : keccak256(abi.encode(response.path[0], leaf));
        vm.prank(alice);
        market.offer(job, alice, PRICE / 2, root, "");
        _mature();
        _confirm(job, alice);
        _respond(job, response);
        assertEq(vault.balanceOf(client), PRICE / 2, "of the escrow");

        Attempt memory a;
        (a.task, a.work, a.provider, a.root) = (job, work, alice, response.outputRoot);
        (a.price, a.proof) = (PRICE / 2, _proofOf(gather, _wrong(), ID, 0));
        _challenge(a);
        assertEq(vault.balanceOf(client), PRICE);
        assertEq(vault.balanceOf(stranger), (BOND - PRICE / 2) / 4);
        assertEq(_held(alice), BOND, "the open shard's");
    }

    function test_TwoShardsInOneTransaction() external {
        Attempt memory a = _cheated();
        Kernel memory gather = _kernel("gather");
        bytes memory wrong = _flipped(gather.outputs[0], 3, 0);
        Attempt memory b = _attempt(a.task, gather, wrong, 3);
        b.root = _answer(a.task, alice, 0, wrong);
        bytes[] memory calls = new bytes[](2);
        (calls[0], calls[1]) = (_call(a), _call(b));
        vm.prank(stranger);
        market.multicall(calls);
        assertEq(market.recordOf(alice).slashed, 2);
        assertEq(vault.balanceOf(client), 2 * uint256(PRICE));

        // The same twice is refused as a whole.
        calls[0] = calls[1];
        vm.expectRevert(abi.encodeWithSelector(IMarket.AlreadyConvicted.selector, market.taskIdFor(a.task), 0));
        market.multicall(calls);
    }

    function test_OutputsNamedByALocator() external {
        Kernel memory photo = _kernel("photo");
        Task memory task = _provable(photo);
        Work memory work = _workOf(photo);
        _publish(task, work);
        (Attempt memory a, uint256 index) = (_attemptOf(task, work), 1);
        a.proof = _lie("photo", index).proof;
        a.root = _lie("photo", index).outputRoot;
        a.proof.code = photo.code;
        _answerRoot(task, alice, 0, a.root);
        _challenge(a);
        assertEq(vault.balanceOf(client), PRICE);
    }

    /// @dev It keeps no state but the mark and the record: two slots.
    function test_ItWritesTwoSlots() external {
        Attempt memory a = _cheated();
        vm.startStateDiffRecording();
        _challenge(a);
        assertEq(_writesTo(address(market)), 2);
    }

    // ------------------------------------------------------------------ inside

    /// @dev Alice answers shard 1 of a race over `gather` with one wrong bit; the call that proves it.
    function _cheated() internal returns (Attempt memory a) {
        Kernel memory gather = _kernel("gather");
        Task memory task = _provable(gather);
        _publish(task, _workOf(gather));
        a = _attempt(task, gather, _wrong(), ID);
        a.root = _answer(task, alice, SHARD, _wrong());
    }

    function _wrong() internal view returns (bytes memory) {
        return _flipped(_kernel("gather").outputs[SHARD], ID - 40, 30);
    }

    function _attempt(Task memory task, Kernel memory kernel, bytes memory output, uint32 id)
        internal
        view
        returns (Attempt memory a)
    {
        a = _attemptOf(task, _workOf(kernel));
        a.proof = _proofOf(kernel, output, id, 0);
    }

    function _attemptOf(Task memory task, Work memory work) internal view returns (Attempt memory a) {
        (a.task, a.work, a.provider, a.price) = (task, work, alice, PRICE);
    }

    function _call(Attempt memory a) internal view returns (bytes memory) {
        return abi.encodeCall(market.challenge, (a.task, a.work, a.provider, a.root, a.price, a.proof));
    }

    function _challenge(Attempt memory a) internal {
        vm.prank(stranger);
        market.challenge(a.task, a.work, a.provider, a.root, a.price, a.proof);
    }

    function _refused(Attempt memory a, bytes memory expected) internal {
        vm.expectRevert(expected);
        _challenge(a);
    }

    function _refusedResponse(Attempt memory a) internal {
        bytes32 taskId = market.taskIdFor(a.task);
        bytes26 given = bytes26(keccak256(abi.encode(a.provider, a.root, a.price)));
        bytes26 settled = market.shardState(taskId, SHARD).digest;
        _refused(a, abi.encodeWithSelector(IMarket.ResponseMismatch.selector, taskId, SHARD, given, settled));
    }

    function _at(bytes memory output, uint256 index) internal pure returns (bytes32 word) {
        assembly {
            word := mload(add(add(output, 32), mul(4, index)))
        }
    }
}
