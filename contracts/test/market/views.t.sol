// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IMarket } from "../../src/interfaces/IMarket.sol";
import { Constants } from "../../src/types/Constants.sol";
import { Record } from "../../src/types/Record.sol";
import { Model, Task } from "../../src/types/Task.sol";
import { MarketFixture } from "./MarketFixture.sol";

contract ViewsTest is MarketFixture {
    function test_TheConstantsAreTheProtocols() external view {
        Constants memory constants = market.constants();
        assertEq(constants.commitmentAge, 24);
        assertEq(constants.leastPeriod, 60);
        assertEq(constants.cancelNotice, 10 minutes);
        assertEq(constants.maxLife, 30 days);
        assertEq(constants.maxMetadata, 4 * 1024);
        assertEq(constants.maxPreview, 4 * 1024);
        assertEq(constants.maxLocator, 4 * 1024);
        assertEq(constants.maxInlineOutput, 16 * 1024);
        assertEq(constants.maxOutput, 64 * 1024 * 1024);
        assertEq(constants.maxInputs, 8);
        assertEq(constants.verifierGas, 2_000_000);
        assertEq(address(market.VAULT()), address(vault));
    }

    function test_ATaskIdIsTheHashOfChainMarketAndTask() external {
        Task memory task = _job(3);
        assertEq(market.taskIdFor(task), keccak256(abi.encode(block.chainid, address(market), task)));
        bytes32 here = market.taskIdFor(task);
        vm.chainId(10);
        assertNotEq(market.taskIdFor(task), here);
    }

    function test_EveryTermChangesTheTaskId() external {
        Task memory task = _job(3);
        bytes32 seen = market.taskIdFor(task);
        task.client = alice;
        seen = _expectNew(task, seen);
        task.workHash = "w";
        seen = _expectNew(task, seen);
        task.count++;
        seen = _expectNew(task, seen);
        task.wordsPerElement++;
        seen = _expectNew(task, seen);
        task.elementsPerShard++;
        seen = _expectNew(task, seen);
        task.model = Model.Consensus;
        seen = _expectNew(task, seen);
        task.minPrice++;
        seen = _expectNew(task, seen);
        task.maxPrice++;
        seen = _expectNew(task, seen);
        task.bond++;
        seen = _expectNew(task, seen);
        task.opensAt++;
        seen = _expectNew(task, seen);
        task.deadline++;
        seen = _expectNew(task, seen);
        task.bidding++;
        seen = _expectNew(task, seen);
        task.reveal++;
        seen = _expectNew(task, seen);
        task.ramp++;
        seen = _expectNew(task, seen);
        task.delivery++;
        seen = _expectNew(task, seen);
        task.review++;
        seen = _expectNew(task, seen);
        task.quorum++;
        seen = _expectNew(task, seen);
        task.panel = new address[](1);
        seen = _expectNew(task, seen);
        task.verifier = alice;
        seen = _expectNew(task, seen);
        task.verifierData = "v";
        seen = _expectNew(task, seen);
        task.minOwnStake++;
        seen = _expectNew(task, seen);
        task.metadataHash = "m";
        seen = _expectNew(task, seen);
        task.salt++;
        _expectNew(task, seen);
    }

    function test_TheEndFollowsFromTheTermsAndTheCancelling() external {
        Task memory race = _race(1);
        Task memory job = _job(1);
        _publish(race);
        _publish(job);
        assertEq(market.endOf(race), START + 1 hours);
        assertEq(market.endOf(job), START + 1 hours + 2 hours + 10 minutes);
        skip(5);
        vm.startPrank(client);
        market.cancel(race);
        market.cancel(job);
        assertEq(market.endOf(race), START + 5 + 10 minutes);
        assertEq(market.endOf(job), START + 5);
    }

    function test_WhatNobodyTouchedIsZero() external view {
        IMarket.TaskState memory state = market.taskState("none");
        assertEq(keccak256(abi.encode(state)), keccak256(new bytes(160)));
        assertEq(keccak256(abi.encode(market.shardState("none", 1))), keccak256(new bytes(96)));
        assertEq(keccak256(abi.encode(market.offerState("none", alice))), keccak256(new bytes(160)));
        assertEq(keccak256(abi.encode(market.commitmentState("none", alice))), keccak256(new bytes(384)));
        Record memory record = market.recordOf(alice);
        assertEq(keccak256(abi.encode(record)), keccak256(new bytes(160)));
    }

    function _expectNew(Task memory task, bytes32 before) internal view returns (bytes32 taskId) {
        taskId = market.taskIdFor(task);
        assertNotEq(taskId, before);
    }
}
