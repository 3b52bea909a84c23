// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Response } from "../../src/types/Response.sol";
import { Input, Task, Work } from "../../src/types/Task.sol";
import { MarketFixture } from "./MarketFixture.sol";

/// @notice Gas of whole transactions, calldata and the 21,000 included, for accounts that worked before.
/// forge-config: default.isolate = true
contract MarketGasTest is MarketFixture {
    string internal constant FILE = "Market";

    function setUp() public override {
        super.setUp();
        // Nobody's first time: balances, records and the market's own entry in Vault are not zero.
        Task memory race = _race(1);
        race.salt = uint256(keccak256("before"));
        _publish(race);
        Response memory response = _response(alice, 0);
        _commit(race, response);
        _mature();
        _respond(race, response);
        Task memory job = _job(1);
        job.salt = race.salt;
        _publish(job);
        Response[] memory responses = _offer(job, alice, PRICE / 2);
        _mature();
        _confirm(job, alice);
        _respond(job, responses[0]);
    }

    function test_Publish() external {
        Work memory work = _work();
        work.inputs = new Input[](3);
        for (uint256 i; i < 3; ++i) {
            work.inputs[i] = Input({ root: keccak256(abi.encode(i)), words: 1 << 20 });
        }
        Task memory task = _job(10_000);
        task.salt = uint256(keccak256("salt"));
        task.workHash = keccak256(abi.encode(work));
        _publish(task, work);
        vm.snapshotGasLastCall(FILE, "publish, 10000 shards, 3 inputs");
    }

    function test_FirstResponse() external {
        Task memory task = _published(_race(1));
        Response memory response = _response(alice, 0);
        _commit(task, response);
        vm.snapshotGasLastCall(FILE, "First Response: commit");
        _mature();
        _respond(task, response);
        vm.snapshotGasLastCall(FILE, "First Response: respond, 32 bytes inline");
    }

    function test_FirstResponseBatch() external {
        Task memory task = _published(_race(16));
        (Response[] memory responses, bytes32 root) = _responses(market.taskIdFor(task), alice, 16);
        vm.prank(alice);
        market.commit(task, alice, root);
        _mature();
        bytes[] memory calls = new bytes[](16);
        for (uint256 i; i < 16; ++i) {
            calls[i] = abi.encodeCall(market.respond, (task, responses[i]));
        }
        vm.prank(alice);
        market.multicall(calls);
        vm.snapshotGasLastCall(FILE, "First Response: 16 responds in a multicall");
    }

    function test_FirstResponseMany() external {
        Task memory task = _published(_race(16));
        (Response[] memory responses, bytes32 root) = _responses(market.taskIdFor(task), alice, 16);
        vm.prank(alice);
        market.commit(task, alice, root);
        _mature();
        vm.prank(alice);
        market.respondMany(task, responses);
        vm.snapshotGasLastCall(FILE, "First Response: respondMany, 16 shards");
    }

    function test_FirstResponseOneKibibyte() external {
        _respondWith(1024, "First Response: respond, 1 KiB inline");
    }

    function test_FirstResponseSixteenKibibytes() external {
        _respondWith(16 * 1024, "First Response: respond, 16 KiB inline");
    }

    function test_ManualConfirmation() external {
        Task memory task = _published(_job(64));
        Response[] memory responses = _offer(task, alice, PRICE / 2);
        vm.snapshotGasLastCall(FILE, "Manual Confirmation: offer, 64 shards");
        _offer(task, bob, PRICE);
        _mature();
        _confirm(task, alice);
        vm.snapshotGasLastCall(FILE, "Manual Confirmation: confirm");
        _respond(task, responses[0]);
        vm.snapshotGasLastCall(FILE, "Manual Confirmation: respond, 32 bytes inline");
        _respond(task, responses[1]);
        vm.snapshotGasLastCall(FILE, "Manual Confirmation: respond again");
        vm.prank(bob);
        market.withdrawOffer(task, bob);
        vm.snapshotGasLastCall(FILE, "Manual Confirmation: withdraw an offer");
        skip(task.delivery);
        vm.prank(stranger);
        market.expire(task, alice);
        vm.snapshotGasLastCall(FILE, "Manual Confirmation: expire");
        vm.warp(market.endOf(task));
        market.reclaim(task);
        vm.snapshotGasLastCall(FILE, "reclaim");
    }

    function test_Cancel() external {
        Task memory task = _published(_race(1));
        vm.prank(client);
        market.cancel(task);
        vm.snapshotGasLastCall(FILE, "cancel");
    }

    function _respondWith(uint256 size, string memory name) internal {
        Task memory task = _race(1);
        task.count = task.elementsPerShard = uint32(size / 4);
        _published(task);
        // Bytes that cost what an image's do: none of them zero.
        Response memory response = _responseOf(alice, 0, _output(alice, 0, size));
        _commit(task, response);
        _mature();
        _respond(task, response);
        vm.snapshotGasLastCall(FILE, name);
    }

    function _published(Task memory task) internal returns (Task memory) {
        task.salt = uint256(keccak256("salt"));
        _publish(task);
        return task;
    }
}
