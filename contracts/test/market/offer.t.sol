// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IMarket } from "../../src/interfaces/IMarket.sol";
import { IVault } from "../../src/interfaces/IVault.sol";
import { Response } from "../../src/types/Response.sol";
import { Model, Task } from "../../src/types/Task.sol";
import { MarketFixture } from "./MarketFixture.sol";

contract OfferTest is MarketFixture {
    Task internal task;
    bytes32 internal taskId;

    function setUp() public override {
        super.setUp();
        task = _job(3);
        taskId = _publish(task);
    }

    function test_RevertWhen_TheCallerDoesNotWorkForTheProvider() external {
        vm.expectRevert(abi.encodeWithSelector(IVault.NotOperatorOf.selector, alice, stranger));
        vm.prank(stranger);
        market.offer(task, alice, PRICE, "root", "");
    }

    function test_RevertWhen_TheTaskWasNeverPublished() external {
        task.salt = 1;
        bytes32 unknown = market.taskIdFor(task);
        vm.expectRevert(abi.encodeWithSelector(IMarket.UnknownTask.selector, unknown));
        _offerAs(alice, PRICE, "");
    }

    function test_RevertWhen_TheModelIsNotManualConfirmation() external {
        task = _race(1);
        bytes32 raceId = _publish(task);
        vm.expectRevert(abi.encodeWithSelector(IMarket.WrongModel.selector, raceId, Model.FirstResponse));
        _offerAs(alice, PRICE, "");
    }

    function test_RevertWhen_ThePreviewIsTooLong() external {
        vm.expectRevert(abi.encodeWithSelector(IMarket.PreviewTooLarge.selector, 4097, 4096));
        _offerAs(alice, PRICE, new bytes(4097));
        _offerAs(alice, PRICE, new bytes(4096));
    }

    function test_RevertWhen_TheTaskIsNotOpenYet() external {
        task.opensAt = uint64(START + 10);
        taskId = _publish(task);
        vm.expectRevert(abi.encodeWithSelector(IMarket.NotOpenYet.selector, taskId, START + 10, START));
        _offerAs(alice, PRICE, "");
    }

    function test_RevertWhen_TheDeadlineHasCome() external {
        vm.warp(task.deadline);
        vm.expectRevert(abi.encodeWithSelector(IMarket.DeadlinePassed.selector, taskId, task.deadline, task.deadline));
        _offerAs(alice, PRICE, "");
        vm.warp(task.deadline - 1);
        _offerAs(alice, PRICE, "");
    }

    function test_RevertWhen_TheAskIsAboveMaxPrice() external {
        vm.expectRevert(abi.encodeWithSelector(IMarket.AskAboveMaxPrice.selector, PRICE + 1, PRICE));
        _offerAs(alice, PRICE + 1, "");
        vm.expectRevert(abi.encodeWithSelector(IMarket.AskAboveMaxPrice.selector, type(uint256).max, PRICE));
        _offerAs(alice, type(uint256).max, "");
    }

    function test_RevertWhen_EveryShardIsDelivered() external {
        Response[] memory responses = _offer(task, alice, PRICE);
        _mature();
        _confirm(task, alice);
        for (uint256 i; i < 3; ++i) {
            _respond(task, responses[i]);
        }
        vm.expectRevert(abi.encodeWithSelector(IMarket.NothingOpen.selector, taskId));
        _offerAs(bob, PRICE, "");
    }

    function test_RevertWhen_TheProviderMadeAnOfferBefore() external {
        _offerAs(alice, PRICE, "");
        vm.expectRevert(abi.encodeWithSelector(IMarket.OfferExists.selector, taskId, alice));
        _offerAs(alice, PRICE, "");
        vm.prank(alice);
        market.withdrawOffer(task, alice);
        vm.expectRevert(abi.encodeWithSelector(IMarket.OfferExists.selector, taskId, alice));
        _offerAs(alice, PRICE, "");
    }

    function test_RevertWhen_ThePoolCannotHoldThePenalty() external {
        vm.prank(alice);
        vault.setLockLimit(3 * (BOND / 5) - 1);
        vm.expectRevert(
            abi.encodeWithSelector(IVault.LockAboveLimit.selector, alice, 0, 3 * (BOND / 5), 3 * (BOND / 5) - 1)
        );
        _offerAs(alice, PRICE, "");
    }

    function test_RevertWhen_TheProviderHasTooLittleOwnStake() external {
        task.minOwnStake = uint128(STAKE + 1);
        _publish(task);
        vm.expectRevert(abi.encodeWithSelector(IVault.OwnStakeTooSmall.selector, alice, STAKE, STAKE + 1));
        _offerAs(alice, PRICE, "");
    }

    function test_RevertWhen_TheProviderServesAnotherMarket() external {
        vm.expectRevert(abi.encodeWithSelector(IVault.NotMarketOf.selector, stranger, market, address(0)));
        _offerAs(stranger, PRICE, "");
    }

    function test_AnOfferHoldsThePenaltyOfEveryShard() external {
        uint256 held = 3 * (BOND / 5);
        vm.expectEmit(address(market));
        emit IMarket.Offered(taskId, alice, PRICE / 2, "root", held, "preview");
        vm.prank(aliceOperator);
        market.offer(task, alice, PRICE / 2, "root", "preview");

        assertEq(_held(alice), held);
        IMarket.OfferState memory offer = market.offerState(taskId, alice);
        assertEq(offer.commitment, "root");
        assertEq(offer.ask, PRICE / 2);
        assertEq(offer.offeredAt, START);
        assertEq(offer.confirmedAt, 0);
        assertEq(uint8(offer.status), uint8(IMarket.OfferStatus.Open));
        assertEq(_state(taskId).liveOffers, 1);
    }

    function test_ItIsLiveUntilItIsWithdrawnOrMissed() external {
        _offerAs(alice, PRICE, "");
        _offerAs(bob, PRICE, "");
        assertEq(_state(taskId).liveOffers, 2);
        vm.prank(bob);
        market.withdrawOffer(task, bob);
        assertEq(_state(taskId).liveOffers, 1);
        _confirm(task, alice);
        assertEq(_state(taskId).liveOffers, 1);
        skip(task.delivery);
        market.expire(task, alice);
        assertEq(_state(taskId).liveOffers, 0);
    }

    function testFuzz_AFifthOfAnOddBondIsRoundedUpForEachShard(uint128 bond, uint32 shards) external {
        task = _job(uint32(bound(shards, 1, 100)));
        task.bond = uint128(bound(bond, 4 * PRICE, 20 * PRICE));
        _publish(task);
        _offerAs(alice, PRICE, "");
        assertEq(_held(alice), task.count / 8 * ((uint256(task.bond) + 4) / 5));
    }

    function _offerAs(address provider, uint256 ask, bytes memory preview) internal {
        vm.prank(provider);
        market.offer(task, provider, ask, "root", preview);
    }
}
