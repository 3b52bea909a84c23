// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IMarket } from "../../src/interfaces/IMarket.sol";
import { IVault } from "../../src/interfaces/IVault.sol";
import { Response } from "../../src/types/Response.sol";
import { Task } from "../../src/types/Task.sol";
import { MarketFixture } from "./MarketFixture.sol";

contract WithdrawOfferTest is MarketFixture {
    Task internal task;
    bytes32 internal taskId;

    function setUp() public override {
        super.setUp();
        task = _job(3);
        taskId = _publish(task);
        _offer(task, alice, PRICE);
    }

    function test_RevertWhen_TheCallerDoesNotWorkForTheProvider() external {
        vm.warp(uint256(task.deadline) + task.review - 1);
        vm.expectRevert(abi.encodeWithSelector(IVault.NotOperatorOf.selector, alice, client));
        vm.prank(client);
        market.withdrawOffer(task, alice);
    }

    function test_AnyoneEndsItWhenTheReviewIsOver() external {
        vm.warp(uint256(task.deadline) + task.review);
        vm.expectEmit(address(market));
        emit IMarket.OfferWithdrawn(taskId, alice, 3 * (BOND / 5));
        vm.prank(stranger);
        market.withdrawOffer(task, alice);
        assertEq(_held(alice), 0);
    }

    function test_AnyoneEndsItWhenEveryShardIsDelivered() external {
        Response[] memory responses = _offer(task, bob, PRICE);
        _mature();
        _confirm(task, bob);
        _respond(task, responses[0]);
        _respond(task, responses[1]);
        vm.expectRevert(abi.encodeWithSelector(IVault.NotOperatorOf.selector, alice, stranger));
        vm.prank(stranger);
        market.withdrawOffer(task, alice);
        _respond(task, responses[2]);
        vm.prank(stranger);
        market.withdrawOffer(task, alice);
        assertEq(_held(alice), 0);
        vm.expectRevert(abi.encodeWithSelector(IMarket.OfferConfirmed.selector, taskId, bob));
        vm.prank(stranger);
        market.withdrawOffer(task, bob);
    }

    function test_RevertWhen_ThereIsNoOffer() external {
        vm.expectRevert(abi.encodeWithSelector(IMarket.NoOffer.selector, taskId, bob));
        _withdraw(bob);
        _withdraw(alice);
        vm.expectRevert(abi.encodeWithSelector(IMarket.NoOffer.selector, taskId, alice));
        _withdraw(alice);
    }

    function test_RevertWhen_TheOfferIsConfirmedOrWasMissed() external {
        _confirm(task, alice);
        vm.expectRevert(abi.encodeWithSelector(IMarket.OfferConfirmed.selector, taskId, alice));
        _withdraw(alice);
        skip(task.delivery);
        market.expire(task, alice);
        vm.expectRevert(abi.encodeWithSelector(IMarket.OfferConfirmed.selector, taskId, alice));
        _withdraw(alice);
    }

    function test_ItFreesTheHold() external {
        vm.expectEmit(address(market));
        emit IMarket.OfferWithdrawn(taskId, alice, 3 * (BOND / 5));
        vm.prank(aliceOperator);
        market.withdrawOffer(task, alice);
        assertEq(_held(alice), 0);
        assertEq(uint8(_status(taskId, alice)), uint8(IMarket.OfferStatus.Withdrawn));
    }

    function test_ItWorksWhileAnotherDeliversAndAfterTheRefund() external {
        _offer(task, bob, PRICE);
        _confirm(task, bob);
        vm.warp(market.endOf(task));
        market.reclaim(task);
        _withdraw(alice);
        assertEq(_held(alice), 0);
    }

    function _withdraw(address provider) internal {
        vm.prank(provider);
        market.withdrawOffer(task, provider);
    }
}
