// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IMarket } from "../../../src/interfaces/IMarket.sol";
import { IVault } from "../../../src/interfaces/IVault.sol";
import { Response } from "../../../src/types/Response.sol";
import { Task } from "../../../src/types/Task.sol";
import { MarketFixture } from "../MarketFixture.sol";

/// @notice Attacks of protocol.md, section 10, on First Response.
contract RaceAttacks is MarketFixture {
    Task internal task;
    bytes32 internal taskId;
    bytes32 internal salt;

    function setUp() public override {
        super.setUp();
        task = _saltSearch(0, 0);
        taskId = _publish(task);
        salt = bytes32(bytes20(client)) | bytes32(uint256(42));
    }

    /// @dev Mallory reads Alice's opening before it is mined and outbids her gas.
    function test_CopyingAPendingResponse() external {
        Response memory honest = _answerSalt(alice, salt);
        _commit(task, honest);
        _mature();

        Response memory copied = honest;
        copied.provider = bob;
        _expectNoCommitment(copied);
        vm.prank(bob);
        market.respond(task, copied);

        copied = _answerSalt(bob, salt);
        _commit(task, copied);
        vm.expectRevert(
            abi.encodeWithSelector(
                IMarket.CommitmentTooYoung.selector, _leaf(taskId, copied), block.timestamp, block.timestamp
            )
        );
        _respond(task, copied);

        _respond(task, _answerSalt(alice, salt));
        assertEq(vault.balanceOf(alice), PRICE);
        _mature();
        vm.expectRevert(abi.encodeWithSelector(IMarket.ShardSettled.selector, taskId, 0));
        _respond(task, copied);
    }

    /// @dev Mallory sends Alice's own opening: Vault pays a provider only through its own workers.
    function test_SendingAnothersResponse() external {
        Response memory honest = _answerSalt(alice, salt);
        _commit(task, honest);
        _mature();
        vm.expectRevert(abi.encodeWithSelector(IVault.NotOperatorOf.selector, alice, bob));
        vm.prank(bob);
        market.respond(task, honest);
    }

    /// @dev Mallory commits early to anything, hoping to open it as the answer that Alice will reveal.
    function test_CommittingWithoutAnAnswer() external {
        bytes32 nothing = keccak256("something will come up");
        vm.prank(bob);
        market.commit(task, bob, nothing);
        _mature();
        Response memory seen = _answerSalt(bob, salt);
        _expectNoCommitment(seen);
        _respond(task, seen);
        seen.path = new bytes32[](1);
        seen.path[0] = nothing;
        bytes32 leaf = _leaf(taskId, seen);
        bytes32 root = keccak256(leaf < nothing ? abi.encode(leaf, nothing) : abi.encode(nothing, leaf));
        vm.expectRevert(abi.encodeWithSelector(IMarket.NoCommitment.selector, taskId, bob, root));
        _respond(task, seen);
    }

    function test_CommitAndRespondInOneBlock() external {
        Response memory response = _answerSalt(alice, salt);
        bytes[] memory calls = new bytes[](2);
        calls[0] = abi.encodeCall(market.commit, (task, alice, _leaf(taskId, response)));
        calls[1] = abi.encodeCall(market.respond, (task, response));
        vm.expectRevert(
            abi.encodeWithSelector(
                IMarket.CommitmentTooYoung.selector, _leaf(taskId, response), block.timestamp, block.timestamp
            )
        );
        vm.prank(alice);
        market.multicall(calls);
    }

    /// @dev Thousands of strangers' commitments take nothing from Alice.
    function test_SquattingAShard() external {
        for (uint160 i = 1; i < 50; ++i) {
            vm.prank(address(i));
            market.commit(task, address(i), keccak256(abi.encode(i)));
        }
        Response memory honest = _answerSalt(alice, salt);
        _commit(task, honest);
        _mature();
        _respond(task, honest);
        assertEq(vault.balanceOf(alice), PRICE);
    }

    /// @dev Only its own provider fills the four slots.
    function test_PushingOutAnothersCommitment() external {
        Response memory honest = _answerSalt(alice, salt);
        _commit(task, honest);
        vm.expectRevert(abi.encodeWithSelector(IVault.NotOperatorOf.selector, alice, bob));
        vm.prank(bob);
        market.commit(task, alice, "junk");
    }

    /// @dev The client sees the answer in the mempool and tries to keep the money.
    function test_CancelUnderAWorkingProvider() external {
        Response memory honest = _answerSalt(alice, salt);
        _commit(task, honest);
        vm.startPrank(client);
        market.cancel(task);
        vm.expectRevert(
            abi.encodeWithSelector(IMarket.NotEnded.selector, taskId, block.timestamp + 10 minutes, block.timestamp)
        );
        market.reclaim(task);
        vm.stopPrank();
        _mature();
        _respond(task, honest);
        assertEq(vault.balanceOf(alice), PRICE);
    }

    /// @dev A salt found for one client is worth nothing in another's task.
    function test_SellingASaltTwice() external {
        Task memory other = _saltSearch(0, 0);
        other.client = stranger;
        vm.deal(stranger, PRICE);
        bytes32 otherId = _publish(other);
        Response memory response = _answerSalt(alice, salt);
        _commit(other, response);
        _mature();
        vm.expectRevert(abi.encodeWithSelector(IMarket.RefusedByVerifier.selector, otherId, 0, search));
        _respond(other, response);
    }

    function test_LyingInlineOutput() external {
        Response memory response = _answerSalt(alice, salt);
        response.outputRoot = keccak256("the right answer");
        _commit(task, response);
        _mature();
        bytes32 computed = _answerSalt(alice, salt).outputRoot;
        vm.expectRevert(abi.encodeWithSelector(IMarket.OutputRootMismatch.selector, response.outputRoot, computed));
        _respond(task, response);
    }

    /// @dev A node of 64 bytes never passes for a leaf of 160, nor a leaf of another shard for this one's.
    function test_OpeningANodeAsALeaf() external {
        Task memory race = _race(2);
        bytes32 raceId = _publish(race);
        (Response[] memory responses, bytes32 root) = _responses(raceId, alice, 2);
        vm.prank(alice);
        market.commit(race, alice, root);
        _mature();
        Response memory moved = responses[0];
        moved.shard = 1;
        vm.expectPartialRevert(IMarket.NoCommitment.selector);
        _respond(race, moved);
        assertEq(market.shardState(raceId, 1).settledAt, 0);
    }

    /// @dev Records are facts: none comes from a task that nobody escrowed.
    function test_FakeTaskForARecord() external {
        Task memory fake = _saltSearch(0, 0);
        fake.salt = 1;
        fake.maxPrice = 0;
        bytes32 fakeId = market.taskIdFor(fake);
        Response memory response = _answerSalt(alice, salt);
        _commit(fake, response);
        _mature();
        vm.expectRevert(abi.encodeWithSelector(IMarket.UnknownTask.selector, fakeId));
        _respond(fake, response);
    }

    /// @dev One salt, handed in once a shard.
    function test_OneSaltForEveryShard() external {
        Task memory many = _saltSearch(0, 0);
        many.count = 10;
        bytes32 manyId = _publish(many);
        Response memory response = _answerSalt(bob, salt);
        _commit(many, response);
        _mature();
        vm.expectRevert(abi.encodeWithSelector(IMarket.RefusedByVerifier.selector, manyId, 0, search));
        _respond(many, response);
    }

    /// @dev One slot of 12 s goes by without Alice's opening, which everybody can read by then.
    function test_CopyingAfterOneMissedBlock() external {
        Response memory honest = _answerSalt(alice, salt);
        _commit(task, honest);
        _mature();
        Response memory copied = _answerSalt(bob, salt);
        _commit(task, copied);
        uint256 copiedAt = block.timestamp;
        skip(12);
        vm.roll(block.number + 1);
        vm.expectRevert(
            abi.encodeWithSelector(
                IMarket.CommitmentTooYoung.selector, _leaf(taskId, copied), copiedAt, block.timestamp
            )
        );
        _respond(task, copied);
        _respond(task, honest);
        assertEq(vault.balanceOf(alice), PRICE);
    }

    /// @dev Five commitments in one block: the first gives way, not the one before.
    function test_NewestCommitmentGivesWay() external {
        Task memory race = _race(8);
        _publish(race);
        for (uint32 i; i < 6; ++i) {
            _commit(race, _response(alice, i));
        }
        _mature();
        for (uint32 i = 2; i < 6; ++i) {
            _respond(race, _response(alice, i));
        }
        vm.expectPartialRevert(IMarket.NoCommitment.selector);
        _respond(race, _response(alice, 1));
    }

    function _expectNoCommitment(Response memory response) internal {
        vm.expectRevert(
            abi.encodeWithSelector(IMarket.NoCommitment.selector, taskId, response.provider, _leaf(taskId, response))
        );
    }
}
