// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IMarket } from "../../src/interfaces/IMarket.sol";
import { IVault } from "../../src/interfaces/IVault.sol";
import { Response } from "../../src/types/Response.sol";
import { Task } from "../../src/types/Task.sol";
import { MarketFixture } from "./MarketFixture.sol";

contract ConfirmTest is MarketFixture {
    Task internal task;
    bytes32 internal taskId;
    Response[] internal responses;

    function setUp() public override {
        super.setUp();
        task = _job(10);
        taskId = _publish(task);
        Response[] memory list = _offer(task, alice, PRICE / 2);
        for (uint256 i; i < list.length; ++i) {
            responses.push(list[i]);
        }
        _offer(task, bob, PRICE);
        _mature();
    }

    function test_RevertWhen_TheCallerIsNotTheClient() external {
        vm.expectRevert(abi.encodeWithSelector(IMarket.ClientIsNotCaller.selector, client, alice));
        vm.prank(alice);
        market.confirm(task, alice);
    }

    function test_RevertWhen_TheReviewPeriodIsOver() external {
        uint256 until = uint256(task.deadline) + task.review;
        vm.warp(until);
        vm.expectRevert(abi.encodeWithSelector(IMarket.ReviewPassed.selector, taskId, until, until));
        _confirm(task, alice);
        vm.warp(until - 1);
        _confirm(task, alice);
    }

    function test_RevertWhen_EveryShardIsDelivered() external {
        _confirm(task, alice);
        _deliver(10);
        vm.expectRevert(abi.encodeWithSelector(IMarket.NothingOpen.selector, taskId));
        _confirm(task, bob);
    }

    function test_RevertWhen_AnotherOfferIsConfirmed() external {
        _confirm(task, alice);
        vm.expectRevert(abi.encodeWithSelector(IMarket.ConfirmationOpen.selector, taskId, alice));
        _confirm(task, bob);
        vm.expectRevert(abi.encodeWithSelector(IMarket.ConfirmationOpen.selector, taskId, alice));
        _confirm(task, alice);
        skip(task.delivery);
        vm.expectRevert(abi.encodeWithSelector(IMarket.ConfirmationOpen.selector, taskId, alice));
        _confirm(task, bob);
    }

    function test_RevertWhen_ThereIsNoOffer() external {
        vm.expectRevert(abi.encodeWithSelector(IMarket.NoOffer.selector, taskId, stranger));
        _confirm(task, stranger);
        vm.prank(alice);
        market.withdrawOffer(task, alice);
        vm.expectRevert(abi.encodeWithSelector(IMarket.NoOffer.selector, taskId, alice));
        _confirm(task, alice);
    }

    function test_RevertWhen_TheProviderMissedAlready() external {
        _confirm(task, alice);
        skip(task.delivery);
        market.expire(task, alice);
        vm.expectRevert(abi.encodeWithSelector(IMarket.OfferConfirmed.selector, taskId, alice));
        _confirm(task, alice);
    }

    function test_RevertWhen_ThePoolCannotHoldTheBonds() external {
        vm.prank(alice);
        vault.setLockLimit(10 * BOND - 1);
        vm.expectRevert(
            abi.encodeWithSelector(IVault.LockAboveLimit.selector, alice, 2 * BOND, 8 * BOND, 10 * BOND - 1)
        );
        _confirm(task, alice);
        assertEq(uint8(_status(taskId, alice)), uint8(IMarket.OfferStatus.Open));
        _confirm(task, bob);
    }

    function test_RevertWhen_OwnStakeFellBelowWhatTheTaskAsks() external {
        task.minOwnStake = uint128(STAKE);
        _publish(task);
        _offer(task, alice, PRICE);
        vm.prank(alice);
        vault.requestUnstake(alice, 1e6);
        vm.expectRevert(abi.encodeWithSelector(IVault.OwnStakeTooSmall.selector, alice, STAKE - 1, STAKE));
        _confirm(task, alice);
    }

    function test_ItRaisesTheHoldToTheBonds() external {
        assertEq(_held(alice), 2 * BOND);
        vm.expectEmit(address(market));
        emit IMarket.Confirmed(taskId, client, alice, PRICE / 2, 10, block.timestamp + task.delivery);
        _confirm(task, alice);
        assertEq(_held(alice), 10 * BOND);
        assertEq(market.offerState(taskId, alice).confirmedAt, block.timestamp);
        assertEq(_state(taskId).confirmed, alice);
    }

    function test_AfterAMissItLowersTheHoldToTheOpenShards() external {
        _confirm(task, alice);
        _deliver(9);
        skip(task.delivery);
        market.expire(task, alice);
        assertEq(_held(bob), 2 * BOND);
        vm.expectEmit(address(market));
        emit IMarket.Confirmed(taskId, client, bob, PRICE, 1, block.timestamp + task.delivery);
        _confirm(task, bob);
        assertEq(_held(bob), BOND);
    }

    function test_AfterAMissTheHoldMayAlreadyFit() external {
        _confirm(task, alice);
        _deliver(8);
        skip(task.delivery);
        market.expire(task, alice);
        _confirm(task, bob);
        assertEq(_held(bob), 2 * BOND);
    }

    function _deliver(uint256 count) internal {
        for (uint256 i; i < count; ++i) {
            _respond(task, responses[i]);
        }
    }
}
