// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Response } from "../../../src/types/Response.sol";
import { Task } from "../../../src/types/Task.sol";
import { MarketFixture } from "../MarketFixture.sol";
import { CommitmentTree } from "../NaiveMerkle.sol";

/// @notice A batch in the mempool shows sixteen answers. Whoever holds one of them settles it first, so that the batch fails and
/// the other fifteen can be copied.
contract BatchAttacks is MarketFixture {
    uint32 internal constant SHARDS = 16;

    function test_StealingABatch() external {
        Task memory task = _race(SHARDS);
        bytes32 taskId = _publish(task);
        (Response[] memory honest, bytes32 root) = _responses(taskId, alice, SHARDS);
        vm.prank(alice);
        market.commit(task, alice, root);
        Response memory bobs = _responseOf(bob, SHARDS - 1, honest[SHARDS - 1].output);
        _commit(task, bobs);
        _mature();

        // One block: Bob puts two transactions before Alice's.
        _respond(task, bobs);
        bytes32[] memory leaves = new bytes32[](SHARDS - 1);
        for (uint32 i; i < SHARDS - 1; ++i) {
            leaves[i] = _leaf(taskId, _responseOf(bob, i, honest[i].output));
        }
        bytes32 stolen = CommitmentTree.rootOf(leaves);
        vm.prank(bob);
        market.commit(task, bob, stolen);
        vm.prank(alice);
        assertEq(market.respondMany(task, honest), SHARDS - 1);

        assertEq(vault.balanceOf(alice), (SHARDS - 1) * PRICE);
        assertEq(vault.balanceOf(bob), PRICE);
    }
}
