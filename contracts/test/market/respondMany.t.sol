// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IMarket } from "../../src/interfaces/IMarket.sol";
import { Response } from "../../src/types/Response.sol";
import { Task } from "../../src/types/Task.sol";
import { MarketFixture } from "./MarketFixture.sol";

contract RespondManyTest is MarketFixture {
    Task internal task;
    bytes32 internal taskId;

    function setUp() public override {
        super.setUp();
        task = _race(4);
        taskId = _publish(task);
    }

    function test_RevertWhen_AShardIsNotTheTasks() external {
        Response[] memory responses = _committed(alice);
        responses[3].shard = 4;
        vm.expectRevert(abi.encodeWithSelector(IMarket.ShardOutOfRange.selector, 4, 4));
        _respondMany(responses);
        assertEq(vault.balanceOf(alice), 0);
    }

    function test_RevertWhen_AResponseToAnOpenShardFails() external {
        Response[] memory responses = _committed(alice);
        responses[2].salt = "another";
        vm.expectPartialRevert(IMarket.NoCommitment.selector);
        _respondMany(responses);
        assertEq(vault.balanceOf(alice), 0);
    }

    function test_ASettledShardIsPassedOver() external {
        Response[] memory responses = _committed(alice);
        Response memory faster = _response(bob, 2);
        _commit(task, faster);
        _mature();
        _respond(task, faster);
        // Whatever else is wrong with it: it asks for nothing.
        responses[2].salt = "another";
        assertEq(_respondMany(responses), 3);
        assertEq(vault.balanceOf(alice), 3 * PRICE);
        assertEq(_respondMany(responses), 0);
    }

    function test_AShardAnsweredTwiceIsPaidOnce() external {
        Response[] memory responses = _committed(alice);
        responses[1] = responses[0];
        assertEq(_respondMany(responses), 3);
        assertEq(vault.balanceOf(alice), 3 * PRICE);
    }

    function test_EveryOpenShardIsPaid() external {
        Response[] memory responses = _committed(alice);
        for (uint32 i; i < 4; ++i) {
            vm.expectEmit(address(market));
            emit IMarket.Responded(taskId, client, alice, i, responses[i].outputRoot, PRICE, responses[i].output, "");
        }
        assertEq(_respondMany(responses), 4);
        assertEq(vault.balanceOf(alice), 4 * PRICE);
        assertEq(market.recordOf(alice).settled, 4);
        assertEq(_respondMany(new Response[](0)), 0);
    }

    function test_AConfirmedProviderIsPaidItsAsk() external {
        task = _job(4);
        taskId = _publish(task);
        Response[] memory responses = _offer(task, alice, PRICE / 2);
        _mature();
        _confirm(task, alice);
        _respond(task, responses[1]);
        assertEq(_respondMany(responses), 3);
        assertEq(vault.balanceOf(alice), 4 * (PRICE / 2));
        assertEq(vault.balanceOf(client), 4 * (PRICE / 2));
        assertEq(_held(alice), 0);
        assertEq(_tail(alice), 4 * BOND);
    }

    function _committed(address provider) internal returns (Response[] memory responses) {
        bytes32 root;
        (responses, root) = _responses(taskId, provider, 4);
        vm.prank(provider);
        market.commit(task, provider, root);
        _mature();
    }

    function _respondMany(Response[] memory responses) internal returns (uint256 paid) {
        vm.prank(aliceOperator);
        return market.respondMany(task, responses);
    }
}
