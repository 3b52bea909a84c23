// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IMarket } from "../../src/interfaces/IMarket.sol";
import { Response } from "../../src/types/Response.sol";
import { Task } from "../../src/types/Task.sol";
import { MarketFixture } from "./MarketFixture.sol";

contract MulticallTest is MarketFixture {
    function test_RevertWhen_ValueIsSent() external {
        vm.prank(client);
        (bool success, bytes memory answer) =
            address(market).call{ value: 1 }(abi.encodeCall(market.multicall, (new bytes[](0))));
        assertFalse(success);
        assertEq(answer.length, 0);
    }

    function test_RevertWhen_ACallFails() external {
        Task memory task = _race(2);
        bytes32 taskId = _publish(task);
        bytes[] memory calls = new bytes[](2);
        calls[0] = abi.encodeCall(market.cancel, (task));
        calls[1] = abi.encodeCall(market.cancel, (task));
        vm.expectRevert(abi.encodeWithSelector(IMarket.AlreadyCancelled.selector, taskId));
        vm.prank(client);
        market.multicall(calls);
        assertEq(_state(taskId).deadline, 0);
    }

    function test_RevertWhen_ItPublishes() external {
        Task memory task = _race(2);
        bytes[] memory calls = new bytes[](1);
        calls[0] = abi.encodeCall(market.publish, (task, _work(), METADATA));
        vm.expectRevert(abi.encodeWithSelector(IMarket.WrongEscrow.selector, 0, 2 * PRICE));
        vm.prank(client);
        market.multicall(calls);
    }

    function test_EveryCallHasTheSameSender() external {
        Task memory task = _race(3);
        bytes32 taskId = _publish(task);
        (Response[] memory responses, bytes32 root) = _responses(taskId, alice, 3);
        vm.prank(alice);
        market.commit(task, alice, root);
        _mature();
        bytes[] memory calls = new bytes[](3);
        for (uint256 i; i < 3; ++i) {
            calls[i] = abi.encodeCall(market.respond, (task, responses[i]));
        }
        vm.prank(aliceOperator);
        market.multicall(calls);
        assertEq(vault.balanceOf(alice), 3 * PRICE);
    }

    function test_EachResultIsReturned() external {
        Task memory task = _job(2);
        _publish(task);
        bytes[] memory calls = new bytes[](2);
        calls[0] = abi.encodeCall(market.cancel, (task));
        calls[1] = abi.encodeCall(market.reclaim, (task));
        vm.prank(client);
        bytes[] memory results = market.multicall(calls);
        assertEq(results[0].length, 0);
        assertEq(abi.decode(results[1], (uint256)), 2 * PRICE);
    }
}
