// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IMarket } from "../../src/interfaces/IMarket.sol";
import { IVault } from "../../src/interfaces/IVault.sol";
import { Response } from "../../src/types/Response.sol";
import { Model, Task } from "../../src/types/Task.sol";
import { MarketFixture } from "./MarketFixture.sol";

contract CommitTest is MarketFixture {
    Task internal task;
    bytes32 internal taskId;

    function setUp() public override {
        super.setUp();
        task = _race(2);
        task.opensAt = uint64(START + 1 minutes);
        taskId = _publish(task);
        vm.warp(task.opensAt);
    }

    function test_RevertWhen_TheCallerDoesNotWorkForTheProvider() external {
        vm.expectRevert(abi.encodeWithSelector(IVault.NotOperatorOf.selector, alice, stranger));
        vm.prank(stranger);
        market.commit(task, alice, "root");
    }

    function test_RevertWhen_TheModelIsNotFirstResponse() external {
        Task memory job = _job(1);
        bytes32 jobId = _publish(job);
        vm.expectRevert(abi.encodeWithSelector(IMarket.WrongModel.selector, jobId, Model.ManualConfirmation));
        vm.prank(alice);
        market.commit(job, alice, "root");
    }

    function test_RevertWhen_TheTaskIsNotOpenYet() external {
        vm.warp(task.opensAt - 1);
        vm.expectRevert(abi.encodeWithSelector(IMarket.NotOpenYet.selector, taskId, task.opensAt, task.opensAt - 1));
        vm.prank(alice);
        market.commit(task, alice, "root");
    }

    function test_RevertWhen_TheDeadlineHasCome() external {
        vm.warp(task.deadline);
        vm.expectRevert(abi.encodeWithSelector(IMarket.DeadlinePassed.selector, taskId, task.deadline, task.deadline));
        vm.prank(alice);
        market.commit(task, alice, "root");
    }

    function test_AnOperatorCommitsForItsProvider() external {
        vm.expectEmit(address(market));
        emit IMarket.Committed(taskId, alice, "root");
        vm.prank(aliceOperator);
        market.commit(task, alice, "root");
        IMarket.CommitmentState memory state = market.commitmentState(taskId, alice)[0];
        assertEq(state.root, bytes22("root"));
        assertEq(state.committedAt, block.timestamp);
        assertEq(state.blockNumber, block.number);
    }

    function test_TheNewestComesFirst() external {
        _commitRoots(3, 1);
        _expectRoots(2, 1, 0);
        assertEq(_slots()[3].committedAt, 0);
        assertEq(market.commitmentState(taskId, bob)[0].committedAt, 0, "slots are the provider's own");
    }

    function test_AFreedSlotTakesUpTheMove() external {
        _commitRoots(1, 0);
        Response memory response = _response(alice, 0);
        _commit(task, response);
        vm.prank(alice);
        market.commit(task, alice, keccak256(abi.encode(1)));
        _mature();
        _respond(task, response);
        assertEq(_slots()[1].committedAt, 0);
        vm.prank(alice);
        market.commit(task, alice, keccak256(abi.encode(2)));
        _expectRoots(2, 1, 0);
        assertEq(_slots()[3].committedAt, 0);
    }

    function test_TheOldestGivesWayWhenAllFourAreTaken() external {
        _commitRoots(6, 1);
        _expectRoots(5, 4, 3);
        assertEq(_slots()[3].root, bytes22(keccak256(abi.encode(2))));
    }

    function test_TheOldestOfOneBlockGivesWayToo() external {
        _commitRoots(6, 0);
        _expectRoots(5, 4, 3);
        assertEq(_slots()[3].root, bytes22(keccak256(abi.encode(2))));
    }

    function _commitRoots(uint256 count, uint256 apart) internal {
        for (uint256 i; i < count; ++i) {
            vm.prank(alice);
            market.commit(task, alice, keccak256(abi.encode(i)));
            skip(apart);
        }
    }

    function _expectRoots(uint256 first, uint256 second, uint256 third) internal view {
        assertEq(_slots()[0].root, bytes22(keccak256(abi.encode(first))));
        assertEq(_slots()[1].root, bytes22(keccak256(abi.encode(second))));
        assertEq(_slots()[2].root, bytes22(keccak256(abi.encode(third))));
    }

    function _slots() internal view returns (IMarket.CommitmentState[4] memory) {
        return market.commitmentState(taskId, alice);
    }
}
