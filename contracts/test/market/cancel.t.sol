// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IMarket } from "../../src/interfaces/IMarket.sol";
import { Response } from "../../src/types/Response.sol";
import { Task } from "../../src/types/Task.sol";
import { MarketFixture } from "./MarketFixture.sol";

contract CancelTest is MarketFixture {
    function test_RevertWhen_TheCallerIsNotTheClient() external {
        Task memory task = _race(1);
        _publish(task);
        vm.expectRevert(abi.encodeWithSelector(IMarket.ClientIsNotCaller.selector, client, stranger));
        vm.prank(stranger);
        market.cancel(task);
    }

    function test_RevertWhen_TheTaskWasNeverPublished() external {
        Task memory task = _job(1);
        bytes32 taskId = market.taskIdFor(task);
        vm.expectRevert(abi.encodeWithSelector(IMarket.UnknownTask.selector, taskId));
        _cancel(task);
    }

    function test_RevertWhen_ItWasCancelledBefore() external {
        Task memory task = _race(1);
        bytes32 taskId = _publish(task);
        _cancel(task);
        vm.expectRevert(abi.encodeWithSelector(IMarket.AlreadyCancelled.selector, taskId));
        _cancel(task);
    }

    function test_RevertWhen_AFirstResponseTaskEndsSoonAnyway() external {
        Task memory task = _race(1);
        bytes32 taskId = _publish(task);
        vm.warp(task.deadline - 10 minutes);
        vm.expectRevert(abi.encodeWithSelector(IMarket.NotCancellable.selector, taskId));
        _cancel(task);
        vm.warp(task.deadline + 1);
        vm.expectRevert(abi.encodeWithSelector(IMarket.NotCancellable.selector, taskId));
        _cancel(task);
        vm.warp(task.deadline - 10 minutes - 1);
        _cancel(task);
        assertEq(market.endOf(task), task.deadline - 1);
    }

    function test_AFirstResponseTaskGoesOnForTheNotice() external {
        Task memory task = _race(2);
        bytes32 taskId = _publish(task);
        vm.expectEmit(address(market));
        emit IMarket.Cancelled(taskId, client, block.timestamp + 10 minutes);
        _cancel(task);
        uint256 end = START + 10 minutes;
        assertEq(_state(taskId).deadline, end);

        Response memory response = _response(alice, 0);
        _commit(task, response);
        vm.warp(end - 1);
        vm.roll(block.number + 1);
        _respond(task, response);
        assertEq(vault.balanceOf(alice), PRICE);

        vm.warp(end);
        Response memory late = _response(alice, 1);
        bytes32 leaf = _leaf(taskId, late);
        vm.expectRevert(abi.encodeWithSelector(IMarket.DeadlinePassed.selector, taskId, end, end));
        vm.prank(alice);
        market.commit(task, alice, leaf);
        assertEq(market.reclaim(task), PRICE);
    }

    function test_RevertWhen_AnOfferIsOpenOrConfirmed() external {
        Task memory task = _job(2);
        bytes32 taskId = _publish(task);
        _offer(task, alice, PRICE);
        _offer(task, bob, PRICE);
        _refuse(task, taskId);
        vm.prank(bob);
        market.withdrawOffer(task, bob);
        _refuse(task, taskId);
        _confirm(task, alice);
        _refuse(task, taskId);
        skip(task.delivery);
        _refuse(task, taskId);
    }

    function test_ItEndsOnceTheLastOfferWasWithdrawn() external {
        Task memory task = _job(2);
        _publish(task);
        _offer(task, alice, PRICE);
        _offer(task, bob, PRICE);
        vm.prank(bob);
        market.withdrawOffer(task, bob);
        vm.prank(alice);
        market.withdrawOffer(task, alice);
        _cancel(task);
        assertEq(market.reclaim(task), 2 * PRICE);
    }

    function test_ItEndsOnceTheConfirmedOfferWasMissed() external {
        Task memory task = _job(2);
        _publish(task);
        Response[] memory responses = _offer(task, alice, PRICE);
        _mature();
        _confirm(task, alice);
        _respond(task, responses[0]);
        skip(task.delivery);
        market.expire(task, alice);
        _cancel(task);
        assertEq(market.reclaim(task), PRICE);
    }

    function test_RevertWhen_AManualConfirmationTaskHasEnded() external {
        Task memory task = _job(2);
        bytes32 taskId = _publish(task);
        vm.warp(market.endOf(task));
        vm.expectRevert(abi.encodeWithSelector(IMarket.NotCancellable.selector, taskId));
        _cancel(task);
    }

    function test_AManualConfirmationTaskWithoutOffersEndsNow() external {
        Task memory task = _job(2);
        bytes32 taskId = _publish(task);
        vm.expectEmit(address(market));
        emit IMarket.Cancelled(taskId, client, block.timestamp);
        _cancel(task);

        vm.expectRevert(
            abi.encodeWithSelector(IMarket.DeadlinePassed.selector, taskId, block.timestamp, block.timestamp)
        );
        vm.prank(alice);
        market.offer(task, alice, PRICE, bytes32(0), "");
        assertEq(market.reclaim(task), 2 * PRICE);
    }

    function test_AManualConfirmationTaskWithoutOffersEndsEvenAfterItsDeadline() external {
        Task memory task = _job(2);
        _publish(task);
        vm.warp(task.deadline + 1);
        _cancel(task);
        assertEq(market.endOf(task), task.deadline + 1);
        assertEq(market.reclaim(task), 2 * PRICE);
    }

    function _refuse(Task memory task, bytes32 taskId) internal {
        vm.expectRevert(abi.encodeWithSelector(IMarket.NotCancellable.selector, taskId));
        _cancel(task);
    }

    function _cancel(Task memory task) internal {
        vm.prank(client);
        market.cancel(task);
    }
}
