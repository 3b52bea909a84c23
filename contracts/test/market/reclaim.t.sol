// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IMarket } from "../../src/interfaces/IMarket.sol";
import { Response } from "../../src/types/Response.sol";
import { Task } from "../../src/types/Task.sol";
import { MarketFixture } from "./MarketFixture.sol";

contract ReclaimTest is MarketFixture {
    function test_RevertWhen_TheTaskWasNeverPublished() external {
        Task memory task = _race(1);
        bytes32 taskId = market.taskIdFor(task);
        vm.warp(task.deadline);
        vm.expectRevert(abi.encodeWithSelector(IMarket.UnknownTask.selector, taskId));
        market.reclaim(task);
    }

    function test_RevertWhen_AFirstResponseTaskHasNotEnded() external {
        Task memory task = _race(1);
        bytes32 taskId = _publish(task);
        vm.warp(task.deadline - 1);
        vm.expectRevert(abi.encodeWithSelector(IMarket.NotEnded.selector, taskId, task.deadline, task.deadline - 1));
        market.reclaim(task);
    }

    function test_RevertWhen_ACancelledFirstResponseTaskHasNotEnded() external {
        Task memory task = _race(1);
        bytes32 taskId = _publish(task);
        vm.prank(client);
        market.cancel(task);
        skip(10 minutes - 1);
        vm.expectRevert(abi.encodeWithSelector(IMarket.NotEnded.selector, taskId, START + 10 minutes, block.timestamp));
        market.reclaim(task);
    }

    function test_RevertWhen_AManualConfirmationTaskHasNotEnded() external {
        Task memory task = _job(1);
        bytes32 taskId = _publish(task);
        uint256 end = uint256(task.deadline) + task.review + task.delivery;
        vm.warp(end - 1);
        vm.expectRevert(abi.encodeWithSelector(IMarket.NotEnded.selector, taskId, end, end - 1));
        market.reclaim(task);
    }

    function test_RevertWhen_ItWasReclaimedBefore() external {
        Task memory task = _race(1);
        bytes32 taskId = _publish(task);
        vm.warp(task.deadline);
        market.reclaim(task);
        vm.expectRevert(abi.encodeWithSelector(IMarket.AlreadyReclaimed.selector, taskId));
        market.reclaim(task);
        assertEq(vault.balanceOf(client), PRICE);
    }

    function test_AnybodySendsTheRestToTheClient() external {
        Task memory task = _race(3);
        bytes32 taskId = _publish(task);
        Response memory response = _response(alice, 1);
        _commit(task, response);
        _mature();
        _respond(task, response);

        vm.warp(task.deadline);
        vm.expectEmit(address(market));
        emit IMarket.Reclaimed(taskId, client, 2 * PRICE);
        vm.prank(stranger);
        assertEq(market.reclaim(task), 2 * PRICE);
        assertEq(vault.balanceOf(client), 2 * PRICE);
        assertEq(_left(taskId), 0);
        assertTrue(_state(taskId).reclaimed);
    }

    function test_NothingIsLeftWhenEveryShardWasPaid() external {
        Task memory task = _race(1);
        _publish(task);
        Response memory response = _response(alice, 0);
        _commit(task, response);
        _mature();
        _respond(task, response);
        vm.warp(task.deadline);
        assertEq(market.reclaim(task), 0);
    }
}
