// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Lens } from "../../src/Lens.sol";
import { ILens } from "../../src/interfaces/ILens.sol";
import { IMarket } from "../../src/interfaces/IMarket.sol";
import { Response } from "../../src/types/Response.sol";
import { Task } from "../../src/types/Task.sol";
import { MarketFixture } from "./MarketFixture.sol";

contract LensTest is MarketFixture {
    Lens internal lens;
    Task internal task;
    bytes32 internal taskId;

    function setUp() public override {
        super.setUp();
        lens = new Lens(vault, market);
        task = _job(3);
        taskId = _publish(task);
        Response[] memory responses = _offer(task, alice, PRICE / 2);
        _offer(task, bob, PRICE);
        _mature();
        _confirm(task, alice);
        _respond(task, responses[1]);
    }

    function test_ProvidersInTheOrderAsked() external view {
        address[] memory asked = new address[](3);
        (asked[0], asked[1], asked[2]) = (bob, stranger, alice);
        ILens.ProviderView[] memory views = lens.providers(asked);
        assertEq(views[0].provider, bob);
        assertEq(views[0].pool.held, 3 * (BOND / 5));
        assertEq(views[0].lockable, STAKE - 3 * (BOND / 5));
        assertEq(views[1].provider, stranger);
        assertEq(views[1].pool.assets, 0);
        assertEq(views[1].lockable, 0);
        assertEq(views[2].provider, alice);
        assertEq(views[2].balance, PRICE / 2);
        assertEq(views[2].record.settled, 1);
        assertEq(views[2].pool.held, 2 * BOND);
        assertEq(views[2].pool.tail, BOND);
        assertEq(views[2].ownFreeValue, STAKE);
    }

    function test_TasksKnownAndUnknown() external view {
        bytes32[] memory asked = new bytes32[](2);
        (asked[0], asked[1]) = (bytes32("unknown"), taskId);
        ILens.TaskView[] memory views = lens.tasks(asked);
        assertEq(views[0].taskId, "unknown");
        assertEq(views[0].openedAt, 0);
        assertEq(views[1].escrow, 2 * PRICE);
        assertEq(views[1].openedAt, START);
        assertEq(views[1].state.confirmed, alice);
        assertEq(views[1].state.delivered, 1);
    }

    function test_ShardsInARange() external view {
        IMarket.ShardState[] memory states = lens.shards(taskId, 1, 2);
        assertEq(states.length, 2);
        assertEq(states[0].settledAt, block.timestamp);
        assertEq(states[1].settledAt, 0);
    }

    function test_OffersOfTheProvidersAskedFor() external view {
        address[] memory asked = new address[](2);
        (asked[0], asked[1]) = (bob, alice);
        IMarket.OfferState[] memory offers = lens.offers(taskId, asked);
        assertEq(offers[0].ask, PRICE);
        assertEq(uint8(offers[1].status), uint8(IMarket.OfferStatus.Confirmed));
    }
}
