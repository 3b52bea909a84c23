// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Input, Model, Task, Work } from "../../../src/types/Task.sol";
import { MoodyVerifier } from "../MoodyVerifier.sol";
import { Handler } from "./Handler.sol";
import { Ledger } from "./Ledger.sol";

/// @notice Publishes, confirms and cancels, sometimes as somebody who may not.
contract ClientHandler is Handler {
    uint256 internal _salt;

    constructor(Ledger ledger) Handler(ledger) { }

    function publish(uint256 seed, uint256 price, bool race) external {
        Work memory work;
        work.inputs = new Input[](0);
        Task memory task = _task(seed, bound(price, 1, 0.01 ether), race);
        task.workHash = keccak256(abi.encode(work));
        task.metadataHash = keccak256("");
        uint32 shards = (task.count + task.elementsPerShard - 1) / task.elementsPerShard;
        uint256 deposit = shards * uint256(task.maxPrice);
        vm.deal(task.client, deposit);
        vm.prank(task.client);
        bytes32 id = market.publish{ value: deposit }(task, work, "");
        ledger.notePublish(task, id, shards, deposit);
    }

    function confirm(uint256 taskSeed, uint256 providerSeed, uint256 callerSeed) external {
        if (ledger.count() == 0) return;
        uint256 index = _pick(taskSeed, false);
        address provider = _provider(providerSeed);
        uint256 offers = ledger.offerCount();
        if (offers != 0 && providerSeed % 8 != 0) {
            (index, provider) = ledger.offers(offers - 1 - (taskSeed >> 8) % (offers < 4 ? offers : 4));
        }
        Ledger.Known memory k = ledger.known(index);
        address caller = _mostly(k.task.client, callerSeed);
        bool expected = ledger.mayConfirm(index, provider, caller);
        _act(caller, abi.encodeCall(market.confirm, (k.task, provider)), expected);
        if (expected) ledger.noteConfirm(index, provider);
    }

    function cancel(uint256 taskSeed, uint256 callerSeed) external {
        // Seldom, or no task would live long enough to be answered.
        if (ledger.count() == 0 || callerSeed % 8 > 1) return;
        uint256 index = _pick(taskSeed, taskSeed % 2 == 0);
        Ledger.Known memory k = ledger.known(index);
        address caller = _mostly(k.task.client, callerSeed);
        bool expected = ledger.mayCancel(index, caller);
        _act(caller, abi.encodeCall(market.cancel, (k.task)), expected);
        if (expected) ledger.noteCancel(index);
    }

    function setMood(uint256 seed) external {
        ledger.MOODY().setMood(seed % 8 == 0 ? MoodyVerifier.Mood.Refuse : MoodyVerifier.Mood.Accept);
    }

    function _task(uint256 seed, uint256 price, bool race) internal returns (Task memory task) {
        task.client = ledger.clients(seed % 2);
        task.count = uint32(seed >> 8) % 32 + 1;
        task.wordsPerElement = 8;
        task.elementsPerShard = uint32(seed >> 16) % task.count + 1;
        if (task.count / task.elementsPerShard > 6) task.elementsPerShard = task.count;
        // Outputs of the test's providers have 32 bytes, so a shard is one element of 8 words.
        task.count = (task.count + task.elementsPerShard - 1) / task.elementsPerShard;
        task.elementsPerShard = 1;
        task.maxPrice = uint128(price);
        task.bond = uint128(price * (4 + (seed >> 24) % 17));
        task.opensAt = (seed >> 32) % 6 == 0 ? uint64(block.timestamp + 100) : 0;
        task.deadline = uint64(block.timestamp + 160 + (seed >> 40) % 3600);
        if ((seed >> 56) % 4 == 0) task.minOwnStake = uint128((seed >> 64) % 120 ether);
        if (race || (seed >> 72) % 3 == 0) task.verifier = address(ledger.MOODY());
        if (race && (seed >> 80) % 2 == 0) task.bond = 0;
        if (race) return _with(task, Model.FirstResponse, 0, 0);
        return _with(task, Model.ManualConfirmation, uint32(60 + (seed >> 88) % 600), uint32(60 + (seed >> 96) % 3600));
    }

    function _with(Task memory task, Model model, uint32 delivery, uint32 review) internal returns (Task memory) {
        (task.model, task.delivery, task.review, task.salt) = (model, delivery, review, _salt++);
        return task;
    }
}
