// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IMarket } from "../../src/interfaces/IMarket.sol";
import { IVault } from "../../src/interfaces/IVault.sol";
import { Input, Model, Task, Work } from "../../src/types/Task.sol";
import { MarketFixture } from "./MarketFixture.sol";

contract PublishTest is MarketFixture {
    Task internal task;

    function setUp() public override {
        super.setUp();
        task = _job(4);
    }

    function test_RevertWhen_TheCallerIsNotTheClient() external {
        vm.deal(stranger, 1 ether);
        vm.expectRevert(abi.encodeWithSelector(IMarket.ClientIsNotCaller.selector, client, stranger));
        vm.prank(stranger);
        market.publish{ value: 4 * PRICE }(task, _work(), METADATA);
    }

    function test_RevertWhen_TheWorkIsNotTheOneInTheTerms() external {
        Work memory other = _work();
        other.compilerVersion = 2;
        vm.expectRevert(
            abi.encodeWithSelector(IMarket.WorkHashMismatch.selector, task.workHash, keccak256(abi.encode(other)))
        );
        _publish(task, other);
    }

    function test_RevertWhen_TheMetadataIsNotTheOneInTheTerms() external {
        vm.expectRevert(
            abi.encodeWithSelector(IMarket.MetadataHashMismatch.selector, task.metadataHash, keccak256("other"))
        );
        vm.prank(client);
        market.publish{ value: 4 * PRICE }(task, _work(), "other");
    }

    // ------------------------------------------------------------------ bounds

    function test_RevertWhen_ThereAreTooManyInputs() external {
        Work memory work = _work();
        work.inputs = new Input[](9);
        for (uint256 i; i < 9; ++i) {
            work.inputs[i].words = 1;
        }
        task.workHash = keccak256(abi.encode(work));
        _expectOut("inputs", 9, 0, 8);
        _publish(task, work);
    }

    function test_RevertWhen_AnInputHasNoWords() external {
        Work memory work = _work();
        work.inputs[0].words = 0;
        task.workHash = keccak256(abi.encode(work));
        _expectOut("input.words", 0, 1, type(uint32).max);
        _publish(task, work);
    }

    function test_RevertWhen_TheMetadataIsTooLong() external {
        bytes memory metadata = new bytes(4097);
        task.metadataHash = keccak256(metadata);
        _expectOut("metadata", 4097, 0, 4096);
        vm.prank(client);
        market.publish{ value: 4 * PRICE }(task, _work(), metadata);
    }

    function test_RevertWhen_ThereIsNothingToCompute() external {
        task.count = 0;
        _refuse("count", 0, 1, type(uint32).max);
    }

    function test_RevertWhen_AnElementHasNoWords() external {
        task.wordsPerElement = 0;
        _refuse("wordsPerElement", 0, 1, 16 * 1024 * 1024);
    }

    function test_RevertWhen_OneElementIsLargerThanAShardMayBe() external {
        task.wordsPerElement = 16 * 1024 * 1024 + 1;
        _refuse("wordsPerElement", 16 * 1024 * 1024 + 1, 1, 16 * 1024 * 1024);
    }

    function test_RevertWhen_OneElementIsTooLargeToBeVerified() external {
        task = _race(1);
        task.wordsPerElement = 4097;
        _refuse("wordsPerElement", 4097, 1, 4096);
    }

    function test_RevertWhen_AShardHasNoElements() external {
        task.elementsPerShard = 0;
        _expectOut("elementsPerShard", 0, 1, 32);
        vm.prank(client);
        market.publish(task, _work(), METADATA);
    }

    function test_RevertWhen_AShardIsLargerThanTheTask() external {
        task.elementsPerShard = 33;
        _refuse("elementsPerShard", 33, 1, 32);
    }

    function test_RevertWhen_AShardsOutputIsTooLarge() external {
        task.count = type(uint32).max;
        task.wordsPerElement = 1024;
        task.elementsPerShard = 16 * 1024 + 1;
        vm.deal(client, type(uint128).max);
        _refuse("elementsPerShard", 16 * 1024 + 1, 1, 16 * 1024);
    }

    function test_RevertWhen_AShardIsTooLargeToBeVerified() external {
        task = _race(1);
        task.count = 4097;
        task.elementsPerShard = 4097;
        _refuse("elementsPerShard", 4097, 1, 4096);
    }

    function test_RevertWhen_APriceIsOutOfBounds() external {
        task.maxPrice = 0;
        _expectOut("maxPrice", 0, 1, type(uint96).max);
        vm.prank(client);
        market.publish(task, _work(), METADATA);

        task.maxPrice = uint128(1) << 96;
        vm.deal(client, type(uint128).max);
        _refuse("maxPrice", task.maxPrice, 1, type(uint96).max);
    }

    function test_RevertWhen_TheBondIsOutOfBounds() external {
        task.bond = 4 * PRICE - 1;
        _refuse("bond", task.bond, 4 * PRICE, 20 * PRICE);
        task.bond = 20 * PRICE + 1;
        _refuse("bond", task.bond, 4 * PRICE, 20 * PRICE);
        task.bond = 0;
        _refuse("bond", 0, 4 * PRICE, 20 * PRICE);
        task.verifier = address(moody);
        _refuse("bond", 0, 4 * PRICE, 20 * PRICE);
        task = _race(1);
        task.bond = 1;
        _refuse("bond", 1, 4 * PRICE, 20 * PRICE);
    }

    function test_RevertWhen_ThereIsVerifierDataWithoutAVerifier() external {
        task.verifierData = "x";
        _refuse("verifierData", 1, 0, 0);
        task.verifier = address(moody);
        task.verifierData = new bytes(1025);
        _refuse("verifierData", 1025, 0, 1024);
        task.verifierData = new bytes(1024);
        _publish(task);
    }

    function test_RevertWhen_ATermIsGivenThatNoModelReads() external {
        task.minPrice = 1;
        _refuse("minPrice", 1, 0, 0);
        task.minPrice = 0;
        task.bidding = 1;
        _refuse("bidding", 1, 0, 0);
        task.bidding = 0;
        task.reveal = 1;
        _refuse("reveal", 1, 0, 0);
        task.reveal = 0;
        task.ramp = 1;
        _refuse("ramp", 1, 0, 0);
        task.ramp = 0;
        task.quorum = 1;
        _refuse("quorum", 1, 0, 0);
        task.quorum = 0;
        task.panel = new address[](3);
        _refuse("panel", 3, 0, 0);
    }

    function test_RevertWhen_AFirstResponseTaskHasPeriods() external {
        task = _race(1);
        task.delivery = 60;
        _refuse("delivery", 60, 0, 0);
        task.delivery = 0;
        task.review = 60;
        _refuse("review", 60, 0, 0);
    }

    function test_RevertWhen_AManualConfirmationTasksPeriodsAreOutOfBounds() external {
        task.delivery = 59;
        _refuse("delivery", 59, 60, 30 days);
        task.delivery = 60;
        task.review = 59;
        _refuse("review", 59, 60, 30 days);
    }

    function test_RevertWhen_TheDeadlineIsTooNear() external {
        task.deadline = uint64(START + 59);
        _refuse("deadline", START + 59, START + 60, START + 30 days);
        task.opensAt = uint64(START + 1 hours);
        task.deadline = uint64(START + 1 hours + 59);
        _refuse("deadline", START + 1 hours + 59, START + 1 hours + 60, START + 30 days);
        task.opensAt = type(uint64).max;
        _refuse("deadline", task.deadline, uint256(type(uint64).max) + 60, START + 30 days);
    }

    function test_RevertWhen_TheDeadlineIsTooFar() external {
        task.deadline = uint64(START + 30 days + 1);
        _refuse("deadline", START + 30 days + 1, START + 60, START + 30 days);
        task.deadline = type(uint64).max;
        _refuse("deadline", type(uint64).max, START + 60, START + 30 days);
    }

    function test_RevertWhen_TheEndIsTooFar() external {
        task.deadline = uint64(START + 30 days);
        task.delivery = 60;
        task.review = 60;
        _refuse("end", START + 30 days + 120, 0, START + 30 days);
    }

    // ------------------------------------------------------------------ model, money, id

    function test_RevertWhen_AFirstResponseTaskHasNoVerifier() external {
        task = _task(Model.FirstResponse, 1);
        vm.expectRevert(abi.encodeWithSelector(IMarket.NotVerifiable.selector, Model.FirstResponse));
        _publish(task);
    }

    function test_RevertWhen_TheTaskHasTwoJudges() external {
        Work memory work = _provableWork();
        task = _race(1);
        task.workHash = keccak256(abi.encode(work));
        vm.expectRevert(abi.encodeWithSelector(IMarket.TwoJudges.selector, address(moody), work.codeHash));
        _publish(task, work);
    }

    function test_AProvableTaskMayRace() external {
        Work memory work = _provableWork();
        task = _task(Model.FirstResponse, 1);
        task.workHash = keccak256(abi.encode(work));
        assertEq(_left(_publish(task, work)), PRICE);
    }

    function test_RevertWhen_AProvableTasksBondIsOutOfBounds() external {
        Work memory work = _provableWork();
        task = _task(Model.FirstResponse, 1);
        task.workHash = keccak256(abi.encode(work));
        task.maxPrice = 1 gwei;
        // A quarter of bond − price pays for 8,000,000 gas.
        uint256 most = 1 gwei + 4 * 8_000_000 * 1 gwei;
        _refuseBond(work, most + 1, most);
        _refuseBond(work, 0, most);
        _refuseBond(work, 4 gwei - 1, most);
        vm.fee(3 gwei);
        most = 1 gwei + 4 * 8_000_000 * 3 gwei;
        _refuseBond(work, most + 1, most);
        task.bond = uint128(most);
        _publish(task, work);
        // Where twenty times the price is more, that counts.
        task.maxPrice = 1 ether;
        _refuseBond(work, 20 ether + 1, 20 ether);
        // What nobody can prove is not worth more for it.
        task = _job(1);
        task.maxPrice = 1 gwei;
        _refuseBond(_work(), 20 gwei + 1, 20 gwei);
    }

    function _refuseBond(Work memory work, uint256 bond, uint256 most) internal {
        task.bond = uint128(bond);
        uint256 least = 4 * uint256(task.maxPrice);
        vm.deal(client, 1 ether);
        vm.expectRevert(abi.encodeWithSelector(IMarket.TermOutOfBounds.selector, bytes32("bond"), bond, least, most));
        _publish(task, work);
    }

    function _provableWork() internal pure returns (Work memory work) {
        work = _work();
        (work.codeHash, work.compilerVersion) = (keccak256("element code"), 1);
    }

    function test_RevertWhen_TheModelIsNotServed() external {
        for (uint8 i = uint8(Model.DutchAuction); i <= uint8(Model.Consensus); ++i) {
            task.model = Model(i);
            vm.expectRevert(abi.encodeWithSelector(IMarket.ModelNotServed.selector, task.model));
            _publish(task);
        }
    }

    function test_RevertWhen_TheValueIsNotTheEscrow() external {
        vm.startPrank(client);
        vm.expectRevert(abi.encodeWithSelector(IMarket.WrongEscrow.selector, 4 * PRICE - 1, 4 * PRICE));
        market.publish{ value: 4 * PRICE - 1 }(task, _work(), METADATA);
        vm.expectRevert(abi.encodeWithSelector(IMarket.WrongEscrow.selector, 4 * PRICE + 1, 4 * PRICE));
        market.publish{ value: 4 * PRICE + 1 }(task, _work(), METADATA);
    }

    function test_RevertWhen_TheTaskWasPublishedBefore() external {
        bytes32 taskId = _publish(task);
        vm.expectRevert(abi.encodeWithSelector(IVault.EscrowExists.selector, market, taskId));
        _publish(task);

        vm.startPrank(client);
        market.cancel(task);
        market.reclaim(task);
        vm.stopPrank();
        vm.expectRevert(abi.encodeWithSelector(IVault.EscrowExists.selector, market, taskId));
        _publish(task);
    }

    function test_AVerifiedRaceNeedsNoBond() external {
        task = _race(1);
        task.bond = 0;
        assertEq(_left(_publish(task)), PRICE);
    }

    function test_TheEscrowHoldsEveryShardsPrice() external {
        task.count = 25;
        bytes32 taskId = market.taskIdFor(task);
        vm.expectEmit(address(market));
        emit IMarket.Published(taskId, client, task, _work(), METADATA);
        vm.startStateDiffRecording();
        assertEq(_publish(task), taskId);
        assertEq(_writesTo(address(market)), 0, "Market stores nothing");
        (uint256 amount, uint256 openedAt) = vault.escrowOf(address(market), taskId);
        assertEq(amount, 4 * PRICE);
        assertEq(openedAt, START);
    }

    function test_EveryTermMayBeAtItsEdge() external {
        task.maxPrice = type(uint96).max;
        task.bond = 20 * uint128(type(uint96).max);
        task.deadline = uint64(START + 30 days - 120);
        task.delivery = 60;
        task.review = 60;
        task.wordsPerElement = 16 * 1024 * 1024;
        task.elementsPerShard = 1;
        task.count = type(uint32).max;
        uint256 owed = uint256(type(uint32).max) * type(uint96).max;
        vm.deal(client, owed);
        vm.prank(client);
        bytes32 taskId = market.publish{ value: owed }(task, _work(), METADATA);
        assertEq(_left(taskId), owed);
    }

    function testFuzz_OnlyTermsWithinBoundsArePublished(
        uint32 count,
        uint32 words,
        uint32 elements,
        uint128 bond,
        uint64 deadline,
        uint32 delivery,
        uint32 review,
        bool verified
    ) external {
        task.count = _near(count, 1, 64);
        task.wordsPerElement = _near(words, 1, 4096);
        task.elementsPerShard = _near(elements, 1, 16_384);
        task.maxPrice = 1 gwei;
        task.bond = uint128(bound(bond, 0, 30 gwei));
        task.deadline = uint64(START + bound(deadline, 0, 40 days));
        task.delivery = _near(delivery, 60, uint32(30 days));
        task.review = _near(review, 60, uint32(30 days));
        if (verified) task.verifier = address(moody);

        uint256 most = verified ? 16 * 1024 : 64 * 1024 * 1024;
        bool shaped = task.count != 0 && task.wordsPerElement != 0 && task.elementsPerShard != 0
            && task.elementsPerShard <= task.count && 4 * uint256(task.wordsPerElement) * task.elementsPerShard <= most;
        bool bonded = task.bond >= 4 gwei && task.bond <= 20 gwei;
        bool timed = task.deadline >= START + 60 && task.delivery >= 60 && task.review >= 60
            && uint256(task.deadline) + task.delivery + task.review <= START + 30 days;
        uint256 owed = task.elementsPerShard == 0 ? 0 : _escrow(task);
        vm.deal(client, owed);
        vm.prank(client);
        (bool published,) =
            address(market).call{ value: owed }(abi.encodeCall(market.publish, (task, _work(), METADATA)));
        assertEq(published, shaped && bonded && timed);
    }

    function testFuzz_TheEscrowIsExactlyShardsTimesPrice(uint32 count, uint32 elements, uint96 price, uint256 value)
        external
    {
        task.count = uint32(bound(count, 1, type(uint32).max));
        task.elementsPerShard = uint32(bound(elements, 1, _min(task.count, 1 << 24)));
        task.maxPrice = uint128(bound(price, 1, type(uint96).max));
        task.bond = 4 * task.maxPrice;
        uint256 owed = _escrow(task);
        value = bound(value, owed == 0 ? 0 : owed - 1, owed + 1);
        vm.deal(client, value);
        vm.prank(client);
        (bool published,) =
            address(market).call{ value: value }(abi.encodeCall(market.publish, (task, _work(), METADATA)));
        assertEq(published, value == owed);
    }

    // ------------------------------------------------------------------ inside

    function _refuse(bytes32 term, uint256 given, uint256 least, uint256 most) internal {
        _expectOut(term, given, least, most);
        _publish(task);
    }

    function _expectOut(bytes32 term, uint256 given, uint256 least, uint256 most) internal {
        vm.expectRevert(abi.encodeWithSelector(IMarket.TermOutOfBounds.selector, term, given, least, most));
    }

    /// @dev Half of the time within the bounds, so that every combination is met.
    function _near(uint32 value, uint32 least, uint32 most) internal pure returns (uint32) {
        return value % 2 == 0 ? uint32(bound(value, least, most)) : uint32(bound(value, 0, 2 * uint256(most)));
    }

    function _min(uint256 a, uint256 b) internal pure returns (uint256) {
        return a < b ? a : b;
    }
}
