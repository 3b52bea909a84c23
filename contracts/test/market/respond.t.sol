// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IMarket } from "../../src/interfaces/IMarket.sol";
import { IVault } from "../../src/interfaces/IVault.sol";
import { Record } from "../../src/types/Record.sol";
import { Response } from "../../src/types/Response.sol";
import { Model, Task } from "../../src/types/Task.sol";
import { MarketFixture } from "./MarketFixture.sol";
import { MoodyVerifier } from "./MoodyVerifier.sol";
import { NaiveMerkle } from "./NaiveMerkle.sol";

contract RespondTest is MarketFixture {
    Task internal race;
    bytes32 internal raceId;

    function setUp() public override {
        super.setUp();
        race = _race(3);
        raceId = _publish(race);
    }

    // ------------------------------------------------------------------ any model

    function test_RevertWhen_TheShardIsNotOneOfTheTasks() external {
        Response memory response = _response(alice, 3);
        vm.expectRevert(abi.encodeWithSelector(IMarket.ShardOutOfRange.selector, 3, 3));
        _respond(race, response);
    }

    function test_RevertWhen_TheShardIsSettled() external {
        Response memory response = _committed(race, _response(alice, 0));
        Response memory second = _committed(race, _response(bob, 0));
        _respond(race, response);
        vm.expectRevert(abi.encodeWithSelector(IMarket.ShardSettled.selector, raceId, 0));
        _respond(race, second);
    }

    function test_RevertWhen_TheModelIsNotServed() external {
        race.model = Model.DutchAuction;
        vm.expectRevert(abi.encodeWithSelector(IMarket.ModelNotServed.selector, Model.DutchAuction));
        _respond(race, _response(alice, 0));
    }

    function test_RevertWhen_TheCallerDoesNotWorkForTheProvider() external {
        Response memory response = _committed(race, _response(alice, 0));
        vm.expectRevert(abi.encodeWithSelector(IVault.NotOperatorOf.selector, alice, bob));
        vm.prank(bob);
        market.respond(race, response);
    }

    function test_TheShardRemembersWhoWasPaidWhatForWhat() external {
        Response memory response = _committed(race, _response(alice, 2));
        vm.expectEmit(address(market));
        emit IMarket.Responded(raceId, client, alice, 2, response.outputRoot, PRICE, response.output, "");
        vm.prank(aliceOperator);
        market.respond(race, response);
        IMarket.ShardState memory shard = market.shardState(raceId, 2);
        assertEq(shard.digest, bytes26(keccak256(abi.encode(alice, response.outputRoot, uint256(PRICE)))));
        assertEq(shard.settledAt, block.timestamp);
        assertFalse(shard.slashed);
    }

    // ------------------------------------------------------------------ First Response

    function test_RevertWhen_TheTaskIsNotOpenYet() external {
        race.opensAt = uint64(START + 30 minutes);
        bytes32 taskId = _publish(race);
        vm.expectRevert(abi.encodeWithSelector(IMarket.NotOpenYet.selector, taskId, race.opensAt, block.timestamp));
        _respond(race, _response(alice, 0));
    }

    function test_RevertWhen_TheDeadlineHasCome() external {
        Response memory response = _committed(race, _response(alice, 0));
        vm.warp(race.deadline);
        vm.expectRevert(abi.encodeWithSelector(IMarket.DeadlinePassed.selector, raceId, race.deadline, race.deadline));
        _respond(race, response);
        vm.warp(race.deadline - 1);
        _respond(race, response);
    }

    function test_RevertWhen_TheCancelledDeadlineHasCome() external {
        Response memory response = _committed(race, _response(alice, 0));
        vm.prank(client);
        market.cancel(race);
        uint256 end = block.timestamp + 10 minutes;
        vm.warp(end);
        vm.expectRevert(abi.encodeWithSelector(IMarket.DeadlinePassed.selector, raceId, end, end));
        _respond(race, response);
    }

    function test_RevertWhen_TheResponseIsNotTheOneCommittedTo() external {
        Response memory response = _committed(race, _response(alice, 0));
        response.salt = "another";
        _expectNoCommitment(response);

        response = _response(alice, 0);
        response.shard = 1;
        _expectNoCommitment(response);

        response = _response(alice, 0);
        response.outputRoot = "another";
        _expectNoCommitment(response);

        response = _response(alice, 0);
        response.provider = bob;
        _expectNoCommitment(response);
    }

    function test_RevertWhen_NothingWasCommitted() external {
        _expectNoCommitment(_response(alice, 0));
    }

    function test_RevertWhen_TheCommitmentIsTooYoung() external {
        Response memory response = _response(alice, 0);
        _commit(race, response);
        skip(23);
        vm.roll(block.number + 1);
        _expectTooYoung(response, START);
        skip(1);
        _respond(race, response);
    }

    function test_RevertWhen_TheCommitmentIsOfThisBlock() external {
        Response memory response = _response(alice, 0);
        _commit(race, response);
        // Time without a block: no chain does that, the rule holds regardless.
        skip(24);
        _expectTooYoung(response, START);
    }

    function test_RevertWhen_TheProviderHasTooLittleOwnStake() external {
        race.minOwnStake = uint128(STAKE + 1);
        _publish(race);
        Response memory response = _committed(race, _response(alice, 0));
        vm.expectRevert(abi.encodeWithSelector(IVault.OwnStakeTooSmall.selector, alice, STAKE, STAKE + 1));
        _respond(race, response);
    }

    function test_RevertWhen_TheTaskWasNeverPublished() external {
        race.salt = 1;
        bytes32 taskId = market.taskIdFor(race);
        Response memory response = _committed(race, _response(alice, 0));
        vm.expectRevert(abi.encodeWithSelector(IVault.EscrowTooSmall.selector, market, taskId, PRICE, 0));
        _respond(race, response);
    }

    function test_RevertWhen_AFreeTaskWasNeverPublished() external {
        race.maxPrice = 0;
        bytes32 taskId = market.taskIdFor(race);
        Response memory response = _committed(race, _response(alice, 0));
        vm.expectRevert(abi.encodeWithSelector(IMarket.UnknownTask.selector, taskId));
        _respond(race, response);
        assertEq(market.recordOf(alice).settled, 0);
    }

    function test_FirstResponsePaysMaxPriceAndLocksNothing() external {
        _respond(race, _committed(race, _response(alice, 0)));
        assertEq(vault.balanceOf(alice), PRICE);
        assertEq(vault.balanceOf(client), 0);
        assertEq(_left(raceId), 2 * PRICE);
        assertEq(_held(alice) + _tail(alice), 0);
    }

    function test_AProviderWithoutStakeIsPaidToo() external {
        _respond(race, _committed(race, _response(stranger, 0)));
        assertEq(vault.balanceOf(stranger), PRICE);
    }

    function test_AnOpenedLeafFreesItsSlot() external {
        _respond(race, _committed(race, _response(alice, 0)));
        assertEq(market.commitmentState(raceId, alice)[0].committedAt, 0);
        assertEq(market.commitmentState(raceId, alice)[0].root, bytes22(0));
    }

    function test_ATreesSlotStaysForItsOtherLeaves() external {
        (Response[] memory responses, bytes32 root) = _responses(raceId, alice, 3);
        vm.prank(alice);
        market.commit(race, alice, root);
        _mature();
        for (uint256 i; i < 3; ++i) {
            _respond(race, responses[2 - i]);
            assertEq(market.commitmentState(raceId, alice)[0].root, bytes22(root));
        }
        assertEq(vault.balanceOf(alice), 3 * PRICE);
    }

    function test_AnyOfTheFourSlotsOpens() external {
        for (uint32 i; i < 3; ++i) {
            _commit(race, _response(alice, i));
        }
        _mature();
        _respond(race, _response(alice, 2));
        _commit(race, _response(alice, 2));
        assertEq(market.commitmentState(raceId, alice)[3].committedAt, 0, "the freed slot is used again");
        _respond(race, _response(alice, 0));
        _respond(race, _response(alice, 1));
    }

    function test_TheOlderOfTwoEqualCommitmentsOpens() external {
        Response memory response = _response(alice, 0);
        _commit(race, response);
        _mature();
        _commit(race, response);
        _respond(race, response);
        assertEq(market.commitmentState(raceId, alice)[1].committedAt, 0, "the one that was opened");
        assertEq(market.commitmentState(raceId, alice)[0].committedAt, block.timestamp);
    }

    function test_RevertWhen_TheCommitmentGaveWay() external {
        Response memory response = _response(alice, 0);
        _commit(race, response);
        for (uint256 i; i < 4; ++i) {
            skip(1);
            vm.prank(alice);
            market.commit(race, alice, keccak256(abi.encode(i)));
        }
        _mature();
        _expectNoCommitment(response);
    }

    // ------------------------------------------------------------------ Manual Confirmation

    function test_RevertWhen_TheProviderIsNotConfirmed() external {
        Task memory job = _job(2);
        bytes32 jobId = _publish(job);
        Response[] memory responses = _offer(job, alice, PRICE);
        Response[] memory others = _offer(job, bob, PRICE);
        _mature();
        vm.expectRevert(abi.encodeWithSelector(IMarket.NotConfirmed.selector, jobId, alice));
        _respond(job, responses[0]);
        _confirm(job, alice);
        vm.expectRevert(abi.encodeWithSelector(IMarket.NotConfirmed.selector, jobId, bob));
        _respond(job, others[0]);
    }

    function test_RevertWhen_TheDeliveryPeriodIsOver() external {
        (Task memory job, bytes32 jobId, Response[] memory responses) = _confirmedJob(2, PRICE);
        uint256 until = block.timestamp + job.delivery;
        vm.warp(until);
        vm.expectRevert(abi.encodeWithSelector(IMarket.DeliveryPassed.selector, jobId, until, until));
        _respond(job, responses[0]);
        vm.warp(until - 1);
        _respond(job, responses[0]);
    }

    function test_RevertWhen_TheResponseIsNotTheOneOffered() external {
        (Task memory job, bytes32 jobId, Response[] memory responses) = _confirmedJob(2, PRICE);
        Response memory other = _responseOf(alice, 0, _output(bob, 0, 32));
        other.path = responses[0].path;
        bytes32 root = keccak256(
            _leaf(jobId, other) < other.path[0]
                ? abi.encode(_leaf(jobId, other), other.path[0])
                : abi.encode(other.path[0], _leaf(jobId, other))
        );
        vm.expectRevert(abi.encodeWithSelector(IMarket.NoCommitment.selector, jobId, alice, root));
        _respond(job, other);
    }

    function test_RevertWhen_TheOfferIsTooYoung() external {
        Task memory job = _job(1);
        _publish(job);
        Response[] memory responses = _offer(job, alice, PRICE);
        _confirm(job, alice);
        skip(23);
        bytes32 root = _leaf(market.taskIdFor(job), responses[0]);
        vm.expectRevert(abi.encodeWithSelector(IMarket.CommitmentTooYoung.selector, root, START, block.timestamp));
        _respond(job, responses[0]);
        skip(1);
        _respond(job, responses[0]);
    }

    function test_ManualConfirmationPaysTheAskAndRefundsTheRest() external {
        uint256 ask = PRICE / 3;
        (Task memory job, bytes32 jobId, Response[] memory responses) = _confirmedJob(3, ask);
        assertEq(_held(alice), 3 * BOND);
        for (uint256 i = 1; i <= 3; ++i) {
            _respond(job, responses[i - 1]);
            assertEq(vault.balanceOf(alice), i * ask);
            assertEq(vault.balanceOf(client), i * (PRICE - ask));
            assertEq(_left(jobId), (3 - i) * PRICE);
            assertEq(_held(alice), (3 - i) * BOND);
            assertEq(_tail(alice), i * BOND);
            assertEq(_state(jobId).delivered, i);
        }
    }

    function test_AFreeOfferIsServedToo() external {
        (Task memory job,, Response[] memory responses) = _confirmedJob(1, 0);
        _respond(job, responses[0]);
        assertEq(vault.balanceOf(client), PRICE);
        assertEq(vault.balanceOf(alice), 0);
    }

    function test_AVerifierLeavesNoTail() external {
        Task memory job = _job(2);
        job.verifier = address(moody);
        _publish(job);
        Response[] memory responses = _offer(job, alice, PRICE);
        _mature();
        _confirm(job, alice);
        _respond(job, responses[0]);
        assertEq(_held(alice), BOND);
        assertEq(_tail(alice), 0);
    }

    function test_OwnStakeThatFellSinceTheConfirmationDoesNotMatter() external {
        Task memory job = _job(1);
        job.minOwnStake = uint128(STAKE);
        _publish(job);
        Response[] memory responses = _offer(job, alice, PRICE);
        _mature();
        _confirm(job, alice);
        vm.prank(alice);
        vault.requestUnstake(alice, 1e6);
        _respond(job, responses[0]);
        assertEq(vault.balanceOf(alice), PRICE);
    }

    // ------------------------------------------------------------------ output

    function test_RevertWhen_ASmallOutputHasALocator() external {
        Response memory response = _committed(race, _response(alice, 0));
        response.locator = "somewhere";
        vm.expectRevert(abi.encodeWithSelector(IMarket.OutputOrLocator.selector, 32, 9));
        _respond(race, response);
        response.output = "";
        vm.expectRevert(abi.encodeWithSelector(IMarket.OutputOrLocator.selector, 0, 9));
        _respond(race, response);
    }

    function test_RevertWhen_TheOutputHasAnotherSize() external {
        for (uint256 size = 31; size <= 33; size += 2) {
            Response memory response = _committed(race, _responseOf(alice, 0, _output(alice, 0, size)));
            vm.expectRevert(abi.encodeWithSelector(IMarket.OutputSizeMismatch.selector, size, 32));
            _respond(race, response);
        }
        Response memory none = _committed(race, _response(alice, 0));
        none.output = "";
        vm.expectRevert(abi.encodeWithSelector(IMarket.OutputSizeMismatch.selector, 0, 32));
        _respond(race, none);
    }

    function test_TheLastShardMayBeShorter() external {
        race.count = 17;
        _publish(race);
        Response memory response = _committed(race, _responseOf(alice, 2, _output(alice, 2, 32)));
        vm.expectRevert(abi.encodeWithSelector(IMarket.OutputSizeMismatch.selector, 32, 4));
        _respond(race, response);
        _respond(race, _committed(race, _responseOf(alice, 2, _output(alice, 2, 4))));
    }

    function test_RevertWhen_TheOutputIsNotUnderItsRoot() external {
        Response memory response = _response(alice, 0);
        response.outputRoot = "another";
        _committed(race, response);
        vm.expectRevert(
            abi.encodeWithSelector(
                IMarket.OutputRootMismatch.selector, bytes32("another"), NaiveMerkle.rootOf(response.output)
            )
        );
        _respond(race, response);
    }

    function testFuzz_TheRootOfAnyInlineOutputIsTheNaiveOne(uint32 words, uint256 seed) external {
        words = uint32(bound(words, 1, 4096));
        bytes memory output = vm.randomBytes(4 * words);
        race.count = race.elementsPerShard = words;
        race.salt = seed;
        _publish(race);
        _respond(race, _committed(race, _responseOf(alice, 0, output)));
        assertEq(vault.balanceOf(alice), PRICE);
    }

    function testFuzz_AnyFlippedBitOfAnOutputIsRefused(uint32 words, uint256 bit) external {
        words = uint32(bound(words, 1, 300));
        race.count = race.elementsPerShard = words;
        _publish(race);
        Response memory response = _committed(race, _responseOf(alice, 0, vm.randomBytes(4 * words)));
        bit = bound(bit, 0, 32 * uint256(words) - 1);
        response.output[bit / 8] ^= bytes1(uint8(1 << (bit % 8)));
        vm.expectRevert(
            abi.encodeWithSelector(
                IMarket.OutputRootMismatch.selector, response.outputRoot, NaiveMerkle.rootOf(response.output)
            )
        );
        _respond(race, response);
    }

    // ------------------------------------------------------------------ output elsewhere

    function test_RevertWhen_ALargeOutputIsGivenInline() external {
        (Task memory job, Response memory response) = _largeJob();
        response.output = new bytes(16 * 1024 + 4);
        vm.expectRevert(abi.encodeWithSelector(IMarket.OutputTooLargeForChain.selector, 16 * 1024 + 4, 16 * 1024));
        _respond(job, response);
    }

    function test_RevertWhen_ALargeOutputHasNoLocator() external {
        (Task memory job, Response memory response) = _largeJob();
        response.locator = "";
        vm.expectRevert(abi.encodeWithSelector(IMarket.OutputOrLocator.selector, 0, 0));
        _respond(job, response);
    }

    function test_RevertWhen_TheLocatorIsTooLong() external {
        (Task memory job, Response memory response) = _largeJob();
        response.locator = new bytes(4097);
        vm.expectRevert(abi.encodeWithSelector(IMarket.LocatorTooLarge.selector, 4097, 4096));
        _respond(job, response);
    }

    function test_ALargeOutputIsPaidForItsRoot() external {
        (Task memory job, Response memory response) = _largeJob();
        vm.expectEmit(address(market));
        emit IMarket.Responded(
            market.taskIdFor(job), client, alice, 0, response.outputRoot, PRICE, "", response.locator
        );
        _respond(job, response);
        assertEq(vault.balanceOf(alice), PRICE);
    }

    // ------------------------------------------------------------------ verifier

    function test_RevertWhen_TheVerifierDoesAnythingButAccept() external {
        Response memory response = _committed(race, _response(alice, 0));
        for (uint8 mood = 1; mood <= uint8(MoodyVerifier.Mood.BurnGas); ++mood) {
            moody.setMood(MoodyVerifier.Mood(mood));
            vm.expectRevert(abi.encodeWithSelector(IMarket.RefusedByVerifier.selector, raceId, 0, moody));
            _respond(race, response);
        }
        moody.setMood(MoodyVerifier.Mood.Accept);
        _respond(race, response);
    }

    function test_RevertWhen_TheVerifierHasNoCode() external {
        race.verifier = stranger;
        bytes32 taskId = _publish(race);
        Response memory response = _committed(race, _response(alice, 0));
        vm.expectRevert(abi.encodeWithSelector(IMarket.RefusedByVerifier.selector, taskId, 0, stranger));
        _respond(race, response);
    }

    function test_TooLittleGasRefusesAndHarmsNobody() external {
        Response memory response = _committed(race, _response(alice, 0));
        for (uint256 gas = 60_000; gas < 150_000; gas += 3000) {
            vm.prank(alice);
            (bool success,) = address(market).call{ gas: gas }(abi.encodeCall(market.respond, (race, response)));
            if (success) return assertEq(vault.balanceOf(alice), PRICE);
            assertEq(vault.balanceOf(alice), 0);
        }
        revert("never enough");
    }

    // ------------------------------------------------------------------ record

    function test_TheRecordCountsFromPublishingOrOpening() external {
        race.opensAt = uint64(START + 100);
        bytes32 taskId = _publish(race);
        vm.warp(START + 100);
        Response memory late = _committed(race, _response(alice, 0));
        vm.warp(START + 130);
        _respond(race, late);
        _expectRecord(1, 0, 30, PRICE);

        race.opensAt = uint64(START + 1);
        race.salt = 1;
        taskId = _publish(race);
        Response memory early = _committed(race, _response(alice, 0));
        _respond(race, early);
        _expectRecord(2, 0, 54, 2 * PRICE);
    }

    function test_TheRecordCountsFromTheConfirmation() external {
        (Task memory job,, Response[] memory responses) = _confirmedJob(3, PRICE / 2);
        skip(20);
        _respond(job, responses[0]);
        skip(20);
        _respond(job, responses[1]);
        _expectRecord(2, 0, 60, PRICE);
        skip(job.delivery);
        market.expire(job, alice);
        _expectRecord(2, 1, 60, PRICE);
    }

    // ------------------------------------------------------------------ inside

    function _committed(Task memory task, Response memory response) internal returns (Response memory) {
        _commit(task, response);
        _mature();
        return response;
    }

    function _confirmedJob(uint32 shards, uint256 ask)
        internal
        returns (Task memory job, bytes32 jobId, Response[] memory responses)
    {
        job = _job(shards);
        jobId = _publish(job);
        responses = _offer(job, alice, ask);
        _mature();
        _confirm(job, alice);
    }

    /// @dev One shard of one word more than fits inline, confirmed.
    function _largeJob() internal returns (Task memory job, Response memory response) {
        job = _job(1);
        job.count = job.elementsPerShard = 4097;
        bytes32 jobId = _publish(job);
        response = _response(alice, 0);
        response.output = "";
        response.locator = '{"cid":"bafkrei"}';
        bytes32 leaf = _leaf(jobId, response);
        vm.prank(alice);
        market.offer(job, alice, PRICE, leaf, "");
        _mature();
        _confirm(job, alice);
    }

    function _expectNoCommitment(Response memory response) internal {
        vm.expectRevert(
            abi.encodeWithSelector(IMarket.NoCommitment.selector, raceId, response.provider, _leaf(raceId, response))
        );
        _respond(race, response);
    }

    function _expectTooYoung(Response memory response, uint256 committedAt) internal {
        vm.expectRevert(
            abi.encodeWithSelector(
                IMarket.CommitmentTooYoung.selector, _leaf(raceId, response), committedAt, block.timestamp
            )
        );
        _respond(race, response);
    }

    function _expectRecord(uint256 settled, uint256 missed, uint256 responseSeconds, uint256 earned) internal view {
        Record memory record = market.recordOf(alice);
        assertEq(record.settled, settled);
        assertEq(record.missed, missed);
        assertEq(record.slashed, 0);
        assertEq(record.responseSeconds, responseSeconds);
        assertEq(record.earnedWei, earned);
    }
}
