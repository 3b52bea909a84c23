// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Vm } from "forge-std/Vm.sol";

import { IMarket } from "../../../src/interfaces/IMarket.sol";
import { IVault } from "../../../src/interfaces/IVault.sol";
import { Response } from "../../../src/types/Response.sol";
import { Task } from "../../../src/types/Task.sol";
import { MarketFixture } from "../MarketFixture.sol";
import { MoodyVerifier } from "../MoodyVerifier.sol";

/// @notice Attacks of protocol.md, section 10, on Manual Confirmation.
contract JobAttacks is MarketFixture {
    Task internal task;
    bytes32 internal taskId;

    function setUp() public override {
        super.setUp();
        task = _job(4);
        taskId = _publish(task);
    }

    /// @dev Until somebody is confirmed the chain has seen a commitment and a preview, no output.
    function test_ClientReadsAndNeverConfirms() external {
        vm.recordLogs();
        Response[] memory responses = _offer(task, alice, PRICE);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i; i < logs.length; ++i) {
            assertFalse(vm.contains(vm.toString(logs[i].data), _hex(responses[0].output)));
        }
        vm.warp(market.endOf(task));
        assertEq(market.reclaim(task), 4 * PRICE);
        vm.prank(alice);
        market.withdrawOffer(task, alice);
        assertEq(_held(alice), 0);
        assertEq(vault.poolOf(alice).assets, STAKE);
    }

    /// @dev Every offer binds stake, none stands in the way of another.
    function test_OfferSpam() external {
        for (uint160 i = 1; i <= 30; ++i) {
            address spammer = address(0x5000 + i);
            _enrol(spammer);
            vm.prank(spammer);
            market.offer(task, spammer, 0, "junk", new bytes(4096));
            assertEq(_held(spammer), 4 * (BOND / 5));
        }
        Response[] memory responses = _offer(task, alice, PRICE);
        _mature();
        _confirm(task, alice);
        _respond(task, responses[0]);
        assertEq(vault.balanceOf(alice), PRICE);
    }

    /// @dev An offer without stake behind it would keep the client from cancelling for nothing.
    function test_BlockingByFreeOffers() external {
        Task memory free = _job(1);
        free.verifier = address(moody);
        free.bond = 0;
        vm.expectRevert(
            abi.encodeWithSelector(IMarket.TermOutOfBounds.selector, bytes32("bond"), 0, 4 * PRICE, 20 * PRICE)
        );
        _publish(free);

        vm.expectRevert(abi.encodeWithSelector(IVault.NotMarketOf.selector, stranger, market, address(0)));
        vm.prank(stranger);
        market.offer(task, stranger, 0, "junk", "");
        vm.prank(client);
        market.cancel(task);
        assertEq(market.reclaim(task), 4 * PRICE);
    }

    /// @dev Offered and withdrawn at once: nothing stays held, so nothing may keep the client from cancelling.
    function test_BlockingCancelsForNothing() external {
        bytes[] memory calls = new bytes[](2);
        calls[0] = abi.encodeCall(market.offer, (task, bob, 0, "junk", ""));
        calls[1] = abi.encodeCall(market.withdrawOffer, (task, bob));
        vm.prank(bob);
        market.multicall(calls);
        assertEq(_held(bob), 0);
        vm.prank(client);
        market.cancel(task);
        assertEq(market.reclaim(task), 4 * PRICE);
    }

    /// @dev A fifth of a bond of 4 wei is still a hold, which takes a pool.
    function test_FreeOfferWithoutStake() external {
        Task memory tiny = _job(1);
        tiny.maxPrice = 1;
        tiny.bond = 4;
        _publish(tiny);
        vm.expectRevert(abi.encodeWithSelector(IVault.NotMarketOf.selector, stranger, market, address(0)));
        vm.prank(stranger);
        market.offer(tiny, stranger, 0, "junk", "");
        vm.prank(client);
        market.cancel(tiny);
    }

    /// @dev The one that underbids cannot cover the bonds: the confirmation fails, the next one is served.
    function test_WinnerWithoutStake() external {
        address poor = makeAddr("poor");
        vm.deal(poor, STAKE);
        vm.startPrank(poor);
        vault.deposit{ value: 0.1 ether }(poor);
        vault.setMarket(address(market));
        vault.setLockLimit(1 ether);
        vault.stake(poor, 0.1 ether, address(market), 10_000);
        market.offer(task, poor, 0, "cheap", "");
        vm.stopPrank();
        _offer(task, alice, PRICE);

        vm.expectRevert(abi.encodeWithSelector(IVault.LockAboveLimit.selector, poor, 0.08 ether, 0.32 ether, 0.1 ether));
        _confirm(task, poor);
        _confirm(task, alice);
        assertEq(_held(alice), 4 * BOND);
    }

    /// @dev A confirmed price and root cannot be swapped under the client's signature.
    function test_SwappingAnOfferUnderAConfirmation() external {
        _offer(task, alice, 1);
        vm.startPrank(alice);
        market.withdrawOffer(task, alice);
        vm.expectRevert(abi.encodeWithSelector(IMarket.OfferExists.selector, taskId, alice));
        market.offer(task, alice, PRICE, "another", "");
        vm.stopPrank();
        vm.expectRevert(abi.encodeWithSelector(IMarket.NoOffer.selector, taskId, alice));
        _confirm(task, alice);
    }

    function test_CancelUnderAWorkingProvider() external {
        _offer(task, alice, PRICE);
        vm.expectRevert(abi.encodeWithSelector(IMarket.NotCancellable.selector, taskId));
        vm.prank(client);
        market.cancel(task);
    }

    /// @dev Confirmed in the last second, delivered in the last second: no refund comes in between.
    function test_ReclaimAgainstWorkInFlight() external {
        Response[] memory responses = _offer(task, alice, PRICE);
        vm.warp(uint256(task.deadline) + task.review - 1);
        _confirm(task, alice);
        skip(task.delivery - 1);
        uint256 end = market.endOf(task);
        vm.expectRevert(abi.encodeWithSelector(IMarket.NotEnded.selector, taskId, end, block.timestamp));
        market.reclaim(task);
        for (uint256 i; i < 4; ++i) {
            _respond(task, responses[i]);
        }
        assertEq(vault.balanceOf(alice), 4 * PRICE);
        vm.warp(end);
        assertEq(market.reclaim(task), 0);
    }

    /// @dev A client whose verifier refuses everything on purpose gains a tenth of the penalty and loses its result.
    function test_ExpiryFarmingByAClient() external {
        Task memory trap = _job(4);
        trap.verifier = address(moody);
        trap.delivery = 60;
        bytes32 trapId = _publish(trap);
        Response[] memory responses = _offer(trap, alice, PRICE);
        _mature();
        moody.setMood(MoodyVerifier.Mood.Refuse);
        _confirm(trap, alice);
        vm.expectRevert(abi.encodeWithSelector(IMarket.RefusedByVerifier.selector, trapId, 0, moody));
        _respond(trap, responses[0]);
        skip(60);
        vm.prank(client);
        market.expire(trap, alice);
        uint256 penalty = 4 * (BOND / 5);
        assertEq(vault.balanceOf(client), penalty / 10);
        assertEq(vault.poolOf(alice).assets, STAKE - penalty);
        assertEq(vault.poolOf(alice).lockLimit, 1000 ether - penalty, "and the owner's limit falls each time");
    }

    /// @dev A key that works for Alice can lose her no more than the limit that she set.
    function test_StolenOperator() external {
        vm.prank(alice);
        vault.setLockLimit(1 ether);
        uint256 before = vault.poolOf(alice).assets;
        for (uint256 i; i < 200; ++i) {
            Task memory trap = _job(2);
            trap.salt = i + 1;
            _publish(trap);
            vm.prank(aliceOperator);
            try market.offer(trap, alice, 0, "nothing", "") { }
            catch {
                break;
            }
            vm.prank(client);
            try market.confirm(trap, alice) { }
            catch {
                vm.prank(aliceOperator);
                market.withdrawOffer(trap, alice);
                break;
            }
            skip(trap.delivery);
            market.expire(trap, alice);
        }
        assertGt(before - vault.poolOf(alice).assets, 0.5 ether, "it did what it could");
        assertLe(before - vault.poolOf(alice).assets, 1 ether);
        assertEq(vault.balanceOf(alice), 0);
        assertEq(_held(alice), 0);
    }

    /// @dev A provider that is also client and keeper pays nine tenths of every penalty to nobody.
    function test_MissingOnPurposeAgainstOnesStakers() external {
        address whale = makeAddr("whale");
        vm.deal(whale, STAKE);
        vm.startPrank(whale);
        vault.deposit{ value: STAKE }(whale);
        vault.stake(alice, STAKE, address(market), 10_000);
        vm.stopPrank();
        uint256 whalesValue = vault.valueOf(alice, vault.sharesOf(alice, whale));

        _offer(task, alice, 0);
        _confirm(task, alice);
        skip(task.delivery);
        vm.prank(client);
        market.expire(task, alice);
        assertGe(vault.valueOf(alice, vault.sharesOf(alice, whale)) + 1, whalesValue);
        uint256 penalty = 4 * (BOND / 5);
        assertEq(vault.balanceOf(client), penalty / 10);
        assertApproxEqAbs(vault.valueOf(alice, vault.sharesOf(alice, alice)), STAKE - penalty, 2);
    }

    /// @dev Two miss, one delivers what is left: nobody answers for another's shards.
    function test_PenaltyForAnothersShards() external {
        Response[] memory first = _offer(task, alice, PRICE);
        Response[] memory second = _offer(task, bob, PRICE);
        _mature();
        _confirm(task, alice);
        _respond(task, first[0]);
        skip(task.delivery);
        market.expire(task, alice);
        _confirm(task, bob);
        _respond(task, second[1]);
        skip(task.delivery);
        market.expire(task, bob);
        assertEq(STAKE - vault.poolOf(alice).assets, 3 * (BOND / 5));
        assertEq(STAKE - vault.poolOf(bob).assets, 2 * (BOND / 5));
        assertEq(_held(alice) + _held(bob), 0);
        vm.expectRevert(abi.encodeWithSelector(IMarket.NotConfirmed.selector, taskId, alice));
        market.expire(task, alice);
    }

    /// @dev Copying the root of a better provider's offer binds the copier to what it cannot open.
    function test_CopyingAnOffersCommitment() external {
        Response[] memory responses = _offer(task, alice, PRICE);
        bytes32 root = market.offerState(taskId, alice).commitment;
        vm.prank(bob);
        market.offer(task, bob, PRICE - 1, root, "preview");
        _mature();
        _confirm(task, bob);
        Response memory copied = responses[0];
        vm.expectRevert(abi.encodeWithSelector(IMarket.NotConfirmed.selector, taskId, alice));
        _respond(task, copied);
        copied.provider = bob;
        vm.expectPartialRevert(IMarket.NoCommitment.selector);
        _respond(task, copied);
        assertEq(vault.balanceOf(bob), 0);
    }

    function _hex(bytes memory data) internal pure returns (string memory) {
        return vm.replace(vm.toString(data), "0x", "");
    }
}
