// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IVault } from "../../../src/interfaces/IVault.sol";
import { VaultTest } from "../VaultTest.sol";

/// @notice Attacks of protocol.md, section 10, that go for stake.
contract StakeAttacksTest is VaultTest {
    /// @dev A staker and the provider with ripe tickets see a challenge coming: the bond and what burns first stay.
    function test_UnstakeBeforeASlash() external {
        openPool(10 ether);
        stakeFor(staker, 10 ether);
        openEscrow(1 ether);
        requestFor(staker, 10 ether * SHARES);
        requestFor(provider, 5 ether * SHARES);
        skip(U - 1 hours);
        uint256 settledAt = vm.getBlockTimestamp();
        settle(1 ether, 0, 0, 5 ether);
        skip(1 hours);

        assertEq(unstakeFor(provider), 5 ether);
        assertEq(unstakeFor(staker), 10 ether);
        // The rest is locked or must stand behind the locks.
        requestFor(provider, 5 ether * SHARES);
        skip(W - 1 hours);
        slash(5 ether, 1 ether, settledAt);
        assertEq(pool().assets, 0);
        assertEq(vault.balanceOf(client), 1 ether);
        assertEq(vault.balanceOf(challenger), 1 ether);
    }

    /// @dev A ticket kept ripe for the day of a slash lapses; asking again takes U again.
    function test_PreMaturedTickets() external {
        openPool(10 ether);
        stakeFor(staker, 10 ether);
        requestFor(staker, 10 ether * SHARES);
        skip(U + LIFE);
        uint256 lapsedAt = vm.getBlockTimestamp();
        vm.expectRevert(abi.encodeWithSelector(IVault.TicketLapsed.selector, lapsedAt, lapsedAt));
        unstakeFor(staker);

        vm.startPrank(staker);
        vault.cancelUnstake(provider);
        vault.requestUnstake(provider, 10 ether * SHARES);
        uint256 readyAt = vm.getBlockTimestamp() + U;
        vm.expectRevert(abi.encodeWithSelector(IVault.TicketNotReady.selector, readyAt, lapsedAt));
        vault.unstake(provider);
    }

    /// @dev The ticket that an announcement gives time for is over when what was announced is in force: never both in one second.
    function test_TicketAndAnnouncementOverlap() external {
        openPool(10 ether);
        stakeFor(staker, 10 ether);
        address other = makeAddr("other market");
        vm.prank(provider);
        vault.setMarket(other);
        requestFor(staker, 10 ether * SHARES);
        skip(U + LIFE);
        vm.prank(provider);
        vault.setMarket(other);
        assertEq(pool().market, other);
        vm.expectRevert(
            abi.encodeWithSelector(IVault.TicketLapsed.selector, vm.getBlockTimestamp(), vm.getBlockTimestamp())
        );
        unstakeFor(staker);
    }

    /// @dev A ripe ticket cannot be kept alive by taking it in crumbs: each call takes all that may leave.
    function test_RipeTicketKeptByCrumbs() external {
        openPool(10 ether);
        stakeFor(staker, 10 ether);
        hold(10 ether);
        requestFor(staker, 10 ether * SHARES);
        skip(U);
        assertEq(unstakeFor(staker), 10 ether);
        assertEq(ticketOf(staker).shares, 0);
    }

    /// @dev The first staker inflates the price of a share through a market of its own, to round the next one down.
    function testFuzz_FirstShareInflation(uint256 first, uint256 gift, uint256 victim) external {
        first = bound(first, 1, 1 ether);
        gift = bound(gift, 0, 1_000 ether);
        victim = bound(victim, 0.001 ether, 1_000 ether);
        openPool(first);
        vm.prank(provider);
        vault.setCommission(0);
        openEscrow(gift);
        settle(gift, 0, 0, 0);
        fund(staker, victim);
        vm.prank(staker);
        try vault.stake(provider, victim, market, 10_000) {
            uint256 stolen = victim - valueOf(staker);
            uint256 spent = first + gift - valueOf(provider);
            // Rounding takes from the victim at most what one share is worth; a million times that is lost on the way.
            assertLe(stolen, gift / 1e6 + 2);
            assertLe(valueOf(provider), first + gift);
            assertGe(spent * 1_000_000 + 2_000_000, stolen);
        } catch (bytes memory reason) {
            assertEq(bytes4(reason), IVault.ZeroAmount.selector);
            assertEq(vault.balanceOf(staker), victim);
        }
    }

    /// @dev A pool whose shares are worth nothing takes no stake that its old shares would eat; once they left it starts anew.
    function test_WipedPool() external {
        openPool(10 ether);
        stakeFor(staker, 10 ether);
        hold(20 ether);
        slash(20 ether, 5 ether, 0);
        fund(stranger, 1 ether);
        vm.expectRevert(abi.encodeWithSelector(IVault.PoolWiped.selector, provider, 0, 10 ether * SHARES));
        vm.prank(stranger);
        vault.stake(provider, 1 ether, market, 10_000);

        requestFor(staker, 10 ether * SHARES);
        skip(U);
        unstakeFor(staker);
        vm.prank(stranger);
        vault.stake(provider, 1 ether, market, 10_000);
        assertEq(valueOf(stranger), 1 ether);
    }

    /// @dev At the lowest price that takes stake, all money there is buys shares that fit; a wei lower and it refuses.
    function test_WipedPoolAtItsEdge() external {
        openPool(1 ether);
        stakeFor(staker, 1 ether);
        hold(2 ether - 1e12 + 1);
        slash(2 ether - 1e12, 0, 0);
        uint256 snapshot = vm.snapshotState();
        uint256 all = 120_000_000 ether;
        assertApproxEqRel(stakeFor(stranger, all), all * 1e12, 1e12);
        assertLe(valueOf(stranger), all);
        assertLe(valueOf(staker), 1e12);

        vm.revertToState(snapshot);
        slash(1, 0, 0);
        fund(stranger, all);
        vm.expectRevert(abi.encodeWithSelector(IVault.PoolWiped.selector, provider, 1e12 - 1, 1 ether * SHARES));
        vm.prank(stranger);
        vault.stake(provider, all, market, 10_000);
    }

    /// @dev Whatever own stake is given back while it is locked against, half of the locks stay behind.
    function test_OwnStakeLeavingUnderItsLocks() external {
        openPool(10 ether);
        stakeFor(staker, 90 ether);
        hold(20 ether);
        requestFor(provider, 10 ether * SHARES);
        skip(U);
        assertEq(unstakeFor(provider), 0);
        vm.prank(market);
        vault.free(provider, 8 ether);
        assertEq(unstakeFor(provider), 4 ether);
        assertEq(valueOf(provider), 6 ether);
        // Nothing of what asks to leave carries a new lock.
        assertEq(vault.lockableOf(provider), 0);
    }

    /// @dev The provider locks all it can, again and again, to keep a staker in: what is asked back is never locked anew.
    function test_RansomByRelocking() external {
        openPool(10 ether);
        stakeFor(staker, 10 ether);
        openEscrow(0);
        hold(20 ether);
        requestFor(staker, 10 ether * SHARES);
        uint256 askedAt = vm.getBlockTimestamp();
        settle(0, 0, 20 ether, 20 ether);
        while (vm.getBlockTimestamp() + 1 days < askedAt + U) {
            skip(1 days);
            uint256 lockable = vault.lockableOf(provider);
            if (lockable != 0) settle(0, 0, 0, lockable);
        }
        vm.warp(askedAt + U);
        settle(0, 0, 0, vault.lockableOf(provider));
        assertEq(pool().tail, 10 ether);
        assertEq(unstakeFor(staker), 10 ether);
    }

    /// @dev The provider moves to a market that will never slash, with a tail behind it.
    function test_MarketSwitchBeforeASlash() external {
        openPool(10 ether);
        openEscrow(0);
        uint256 settledAt = vm.getBlockTimestamp();
        settle(0, 0, 0, 4 ether);
        skip(W);
        vm.expectRevert(abi.encodeWithSelector(IVault.PoolLocked.selector, provider, 0, 4 ether));
        vm.prank(provider);
        vault.setMarket(stranger);
        slash(4 ether, 1 ether, settledAt);
    }

    /// @dev A staker that relied on one market is told U + ticket life before another may lock its stake, and can be gone.
    function test_MarketSwitchUnderStakers() external {
        openPool(10 ether);
        stakeFor(staker, 90 ether);
        vm.prank(provider);
        vault.setMarket(stranger);
        requestFor(staker, 90 ether * SHARES);
        skip(U);
        assertEq(unstakeFor(staker), 90 ether);
        vm.prank(provider);
        vault.setMarket(stranger);
        assertEq(pool().market, stranger);
    }

    /// @dev An announcement kept ripe catches nobody: who stakes later is refused as long as it stands.
    function test_PreMaturedMarketSwitch() external {
        openPool(10 ether);
        stakeFor(staker, 1 wei);
        vm.prank(provider);
        vault.setMarket(stranger);
        skip(365 days);
        fund(client, 10 ether);
        vm.expectRevert(abi.encodeWithSelector(IVault.UnexpectedMarket.selector, provider, market, stranger));
        vm.prank(client);
        vault.stake(provider, 10 ether, market, 10_000);
    }

    /// @dev Only an account itself can make others' transfers to it fail.
    function test_ClosingAnothersAccountToTransfers() external {
        vm.prank(stranger);
        vault.setMarket(client);
        fund(provider, 1 ether);
        vm.prank(provider);
        vault.transfer(client, 1 ether);
        assertEq(vault.balanceOf(client), 1 ether);
    }

    /// @dev A staker stakes, lets the provider lean on it, and asks everything back: the provider's other locks go on.
    function test_StarvingAProviderByAskingBack() external {
        openPool(10 ether);
        stakeFor(staker, 90 ether);
        requestFor(staker, 90 ether * SHARES);
        assertEq(vault.lockableOf(provider), 10 ether);
        skip(U + LIFE + 365 days);
        assertEq(vault.lockableOf(provider), 10 ether);
    }
}
