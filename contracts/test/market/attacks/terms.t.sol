// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IMarket } from "../../../src/interfaces/IMarket.sol";
import { IVault } from "../../../src/interfaces/IVault.sol";
import { Response } from "../../../src/types/Response.sol";
import { Task } from "../../../src/types/Task.sol";
import { MarketFixture } from "../MarketFixture.sol";

/// @notice Attacks of protocol.md, section 10, on terms, ids and money.
contract TermsAttacks is MarketFixture {
    /// @dev The same struct in another encoding, with a gap before its arrays, is the same task.
    function test_TwoIdsForOneTask() external {
        Task memory task = _race(1);
        bytes32 taskId = _publish(task);
        bytes memory plain = abi.encode(task);
        // One word of junk before the tails: every offset inside the struct moves by 32 bytes.
        uint256 head = 23 * 32;
        bytes memory odd = new bytes(plain.length + 32);
        for (uint256 i; i < plain.length; ++i) {
            odd[i < 32 + head ? i : i + 32] = plain[i];
        }
        // Fields 17 and 19 are the offsets of the panel and of the verifier's data.
        assembly {
            let panel := add(odd, add(64, mul(17, 32)))
            let data := add(odd, add(64, mul(19, 32)))
            mstore(panel, add(mload(panel), 32))
            mstore(data, add(mload(data), 32))
        }
        odd[32 + head] = 0xff;
        (bool success, bytes memory answer) = address(market).call(abi.encodePacked(market.taskIdFor.selector, odd));
        assertTrue(success);
        assertNotEq(keccak256(odd), keccak256(plain));
        assertEq(abi.decode(answer, (bytes32)), taskId);
    }

    /// @dev Bits above a field's width are refused, not cut off.
    function test_DirtyBits() external {
        Task memory task = _race(1);
        bytes memory dirty = abi.encode(task);
        dirty[32] = 0x01;
        (bool success,) = address(market).call(abi.encodePacked(market.taskIdFor.selector, dirty));
        assertFalse(success);
    }

    function test_PublishingTwiceToSpendOneEscrowTwice() external {
        Task memory task = _race(1);
        bytes32 taskId = _publish(task);
        vm.expectRevert(abi.encodeWithSelector(IVault.EscrowExists.selector, market, taskId));
        _publish(task);
    }

    /// @dev Neighbours of a task are other tasks: their terms reach nothing of its escrow.
    function test_BetterTermsForAnothersEscrow() external {
        Task memory task = _race(1);
        _publish(task);
        Task memory better = task;
        better.maxPrice = 2 * PRICE;
        bytes32 betterId = market.taskIdFor(better);
        Response memory response = _response(alice, 0);
        _commit(better, response);
        _mature();
        vm.expectRevert(abi.encodeWithSelector(IVault.EscrowTooSmall.selector, market, betterId, 2 * PRICE, 0));
        _respond(better, response);
        better.client = stranger;
        betterId = market.taskIdFor(better);
        vm.warp(better.deadline);
        vm.expectRevert(abi.encodeWithSelector(IMarket.UnknownTask.selector, betterId));
        market.reclaim(better);
    }

    function test_ZeroElementShards() external {
        Task memory task = _race(1);
        task.elementsPerShard = 0;
        vm.expectRevert(abi.encodeWithSelector(IMarket.TermOutOfBounds.selector, bytes32("elementsPerShard"), 0, 1, 8));
        vm.prank(client);
        market.publish(task, _work(), METADATA);
        // Nor does the last shard of any task come out empty, or one come after it.
        for (uint32 count = 1; count <= 17; ++count) {
            task = _race(1);
            task.count = count;
            task.elementsPerShard = count < 8 ? count : 8;
            task.salt = count;
            uint32 shards = (count + task.elementsPerShard - 1) / task.elementsPerShard;
            assertEq(_left(_publish(task)), shards * PRICE);
            uint256 lastBytes = 4 * (count - (shards - 1) * task.elementsPerShard);
            Response memory last = _responseOf(alice, shards - 1, _output(alice, 0, lastBytes));
            Response memory beyond = _responseOf(alice, shards, _output(alice, 0, 4));
            _commit(task, last);
            _mature();
            _respond(task, last);
            vm.expectRevert(abi.encodeWithSelector(IMarket.ShardOutOfRange.selector, shards, shards));
            _respond(task, beyond);
        }
    }

    /// @dev Every integer at its edge: the largest task is published, its last shard answered and paid.
    function test_EdgesOfEveryInteger() external {
        Task memory task = _race(1);
        task.count = type(uint32).max;
        task.elementsPerShard = 4096;
        uint256 owed = _escrow(task);
        vm.deal(client, owed);
        _publish(task);
        uint32 last = uint32(owed / PRICE) - 1;
        assertEq(last, 1_048_575);
        Response memory response = _responseOf(alice, last, _output(alice, last, 4 * 4095));
        _commit(task, response);
        _mature();
        _respond(task, response);
        assertEq(vault.balanceOf(alice), PRICE);
    }

    /// @dev Money sent along reaches no inner call, and none can be sent.
    function test_MulticallValueReuse() external {
        Task memory first = _race(1);
        Task memory second = _race(1);
        second.salt = 1;
        bytes[] memory calls = new bytes[](2);
        calls[0] = abi.encodeCall(market.publish, (first, _work(), METADATA));
        calls[1] = abi.encodeCall(market.publish, (second, _work(), METADATA));
        vm.prank(client);
        (bool success,) = address(market).call{ value: PRICE }(abi.encodeCall(market.multicall, (calls)));
        assertFalse(success);
    }

    /// @dev ETH that arrives by force belongs to nobody and changes no escrow.
    function test_ForcedEth() external {
        Task memory task = _race(1);
        bytes32 taskId = _publish(task);
        vm.deal(address(market), 5 ether);
        vm.deal(address(vault), address(vault).balance + 5 ether);
        vm.warp(task.deadline);
        assertEq(market.reclaim(task), PRICE);
        assertEq(_left(taskId), 0);
        (bool success,) = address(market).call{ value: 1 }("");
        assertFalse(success);
    }

    /// @dev Terms so long that an offer fits a node's pool (128 KiB a transaction) and the answer does not.
    function test_AnswerThatFitsNoTransaction() external {
        Task memory task = _job(1);
        task.verifier = address(search);
        task.count = task.elementsPerShard = 1;
        task.wordsPerElement = 9;
        task.verifierData = bytes.concat(_saltSearch(0, 0).verifierData, new bytes(1024 - 128));
        _publish(task);
        Response memory response = _responseOf(alice, 0, new bytes(36));
        assertLt(abi.encodeCall(market.respond, (task, response)).length, 3 * 1024);
        task.verifierData = bytes.concat(task.verifierData, hex"00");
        vm.expectRevert(
            abi.encodeWithSelector(IMarket.TermOutOfBounds.selector, bytes32("verifierData"), 1025, 0, 1024)
        );
        vm.prank(client);
        market.publish{ value: PRICE }(task, _work(), METADATA);
    }

    /// @dev Bits above the width of a response's fields are refused too.
    function test_DirtyResponse() external {
        Task memory task = _race(2);
        _publish(task);
        Response memory response = _response(alice, 1);
        _commit(task, response);
        _mature();
        bytes memory sent = abi.encodeCall(market.respond, (task, response));
        uint256 start;
        assembly {
            start := mload(add(sent, 68)) // the second argument's offset
        }
        for (uint256 field; field < 2; ++field) {
            bytes memory dirty = bytes.concat(sent);
            dirty[4 + start + field * 32] = 0x01;
            vm.prank(alice);
            (bool success,) = address(market).call(dirty);
            assertFalse(success);
        }
        vm.prank(alice);
        (bool clean,) = address(market).call(sent);
        assertTrue(clean);
    }
}
