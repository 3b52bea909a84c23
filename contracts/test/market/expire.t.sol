// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IMarket } from "../../src/interfaces/IMarket.sol";
import { Response } from "../../src/types/Response.sol";
import { Task } from "../../src/types/Task.sol";
import { MarketFixture } from "./MarketFixture.sol";

contract ExpireTest is MarketFixture {
    Task internal task;
    bytes32 internal taskId;
    Response[] internal responses;

    function setUp() public override {
        super.setUp();
        task = _job(4);
        taskId = _publish(task);
        Response[] memory list = _offer(task, alice, PRICE / 2);
        for (uint256 i; i < list.length; ++i) {
            responses.push(list[i]);
        }
        _mature();
    }

    function test_RevertWhen_TheOfferIsNotConfirmed() external {
        _expectNotConfirmed(bob);
        _expectNotConfirmed(alice);
        _confirm(task, alice);
        skip(task.delivery);
        market.expire(task, alice);
        _expectNotConfirmed(alice);
    }

    function test_RevertWhen_TheOfferIsWithdrawn() external {
        vm.prank(alice);
        market.withdrawOffer(task, alice);
        _expectNotConfirmed(alice);
    }

    function test_RevertWhen_TheDeliveryPeriodIsNotOver() external {
        _confirm(task, alice);
        uint256 until = block.timestamp + task.delivery;
        vm.warp(until - 1);
        vm.expectRevert(abi.encodeWithSelector(IMarket.DeliveryNotPassed.selector, taskId, until, until - 1));
        market.expire(task, alice);
    }

    function test_RevertWhen_EverythingWasDelivered() external {
        _confirm(task, alice);
        _deliver(4);
        skip(task.delivery);
        vm.expectRevert(abi.encodeWithSelector(IMarket.NothingOpen.selector, taskId));
        market.expire(task, alice);
        assertEq(_held(alice), 0);
    }

    function test_EveryMissingShardCostsAFifthOfItsBond() external {
        _confirm(task, alice);
        _deliver(1);
        skip(task.delivery);
        uint256 penalty = 3 * (BOND / 5);
        vm.expectEmit(address(market));
        emit IMarket.Missed(taskId, alice, stranger, 3, penalty);
        vm.prank(stranger);
        market.expire(task, alice);

        assertEq(_held(alice), 0);
        assertEq(_tail(alice), BOND);
        assertEq(vault.poolOf(alice).assets, STAKE - penalty);
        assertEq(vault.balanceOf(stranger), penalty / 10);
        assertEq(vault.balanceOf(address(0)), penalty - penalty / 10);
        assertEq(market.recordOf(alice).missed, 3);
        assertEq(uint8(_status(taskId, alice)), uint8(IMarket.OfferStatus.Missed));
    }

    function test_TheClientMayConfirmAnotherForTheOpenShards() external {
        Response[] memory others = _offer(task, bob, PRICE);
        _mature();
        _confirm(task, alice);
        _deliver(2);
        skip(task.delivery);
        market.expire(task, alice);
        _confirm(task, bob);
        vm.expectRevert(abi.encodeWithSelector(IMarket.ShardSettled.selector, taskId, 0));
        _respond(task, others[0]);
        _respond(task, others[2]);
        _respond(task, others[3]);
        assertEq(vault.balanceOf(bob), 2 * PRICE);
        assertEq(vault.balanceOf(client), 2 * (PRICE / 2));
        assertEq(_left(taskId), 0);
    }

    function test_ItWorksAfterTheRefund() external {
        _confirm(task, alice);
        vm.warp(market.endOf(task));
        market.reclaim(task);
        market.expire(task, alice);
        assertEq(_held(alice), 0);
    }

    function _deliver(uint256 count) internal {
        for (uint256 i; i < count; ++i) {
            _respond(task, responses[i]);
        }
    }

    function _expectNotConfirmed(address provider) internal {
        vm.expectRevert(abi.encodeWithSelector(IMarket.NotConfirmed.selector, taskId, provider));
        market.expire(task, provider);
    }
}
