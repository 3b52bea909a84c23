// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IVault } from "../../src/interfaces/IVault.sol";
import { VaultTest } from "./VaultTest.sol";

contract RequestUnstakeTest is VaultTest {
    function test_RevertWhen_SharesAreZero() external {
        openPool(1 ether);
        vm.expectRevert(IVault.ZeroAmount.selector);
        requestFor(provider, 0);
    }

    function test_RevertWhen_ATicketIsOpen() external {
        openPool(1 ether);
        requestFor(provider, 5);
        vm.expectRevert(abi.encodeWithSelector(IVault.TicketOpen.selector, provider, provider, 5));
        requestFor(provider, 1);
        skip(U + LIFE + 1);
        vm.expectRevert(abi.encodeWithSelector(IVault.TicketOpen.selector, provider, provider, 5));
        requestFor(provider, 1);
    }

    function test_RevertWhen_StakerHasFewerShares() external {
        openPool(1 ether);
        uint256 shares = 1 ether * SHARES;
        vm.expectRevert(abi.encodeWithSelector(IVault.InsufficientShares.selector, provider, shares + 1, shares));
        requestFor(provider, shares + 1);
        vm.expectRevert(abi.encodeWithSelector(IVault.InsufficientShares.selector, staker, type(uint256).max, 0));
        requestFor(staker, type(uint256).max);
    }

    function testFuzz_OpensATicket(uint256 shares) external {
        openPool(1 ether);
        stakeFor(staker, 1 ether);
        shares = bound(shares, 1, 1 ether * SHARES);
        uint256 readyAt = vm.getBlockTimestamp() + U;
        vm.expectEmit(address(vault));
        emit IVault.UnstakeRequested(provider, staker, shares, readyAt);
        requestFor(staker, shares);
        assertEq(ticketOf(staker).shares, shares);
        assertEq(ticketOf(staker).readyAt, readyAt);
        assertEq(pool().requestedShares, shares);
        assertEq(vault.sharesOf(provider, staker), 1 ether * SHARES);
        assertEq(pool().ownFreeShares, 1 ether * SHARES);
    }

    function test_TakesOwnSharesFromUnderLocks() external {
        openPool(1 ether);
        stakeFor(staker, 9 ether);
        assertEq(vault.lockableOf(provider), 2 ether);
        requestFor(provider, 0.75 ether * SHARES);
        assertEq(pool().ownFreeShares, 0.25 ether * SHARES);
        assertEq(vault.lockableOf(provider), 0.5 ether);
    }
}

contract CancelUnstakeTest is VaultTest {
    function test_RevertWhen_ThereIsNoTicket() external {
        openPool(1 ether);
        vm.expectRevert(abi.encodeWithSelector(IVault.NoTicket.selector, provider, provider));
        vm.prank(provider);
        vault.cancelUnstake(provider);
    }

    function test_GivesTheSharesBack() external {
        openPool(1 ether);
        requestFor(provider, 1 ether * SHARES);
        assertEq(vault.lockableOf(provider), 0);
        skip(U + LIFE + 1);
        vm.expectEmit(address(vault));
        emit IVault.UnstakeCancelled(provider, provider, 1 ether * SHARES);
        vm.prank(provider);
        vault.cancelUnstake(provider);
        assertEq(vault.lockableOf(provider), 1 ether);
        assertEq(vault.sharesOf(provider, provider), 1 ether * SHARES);
        assertEq(ticketOf(provider).shares, 0);
        assertEq(pool().requestedShares, 0);
    }
}

contract UnstakeTest is VaultTest {
    function setUp() public override {
        super.setUp();
        openPool(10 ether);
        stakeFor(staker, 10 ether);
    }

    function test_RevertWhen_ThereIsNoTicket() external {
        vm.expectRevert(abi.encodeWithSelector(IVault.NoTicket.selector, provider, staker));
        unstakeFor(staker);
    }

    function test_RevertWhen_UnbondingIsNotOver() external {
        requestFor(staker, 1);
        uint256 readyAt = vm.getBlockTimestamp() + U;
        skip(U - 1);
        vm.expectRevert(abi.encodeWithSelector(IVault.TicketNotReady.selector, readyAt, readyAt - 1));
        unstakeFor(staker);
    }

    function test_RevertWhen_TheTicketLapsed() external {
        requestFor(staker, 1);
        uint256 lapsesAt = vm.getBlockTimestamp() + U + LIFE;
        skip(U + LIFE);
        vm.expectRevert(abi.encodeWithSelector(IVault.TicketLapsed.selector, lapsesAt, lapsesAt));
        unstakeFor(staker);
    }

    function test_PaysInTheFirstAndTheLastSecondOfTheWindow() external {
        requestFor(staker, 4 ether * SHARES);
        skip(U);
        vm.expectEmit(address(vault));
        emit IVault.Unstaked(provider, staker, 4 ether * SHARES, 4 ether, 0);
        assertEq(unstakeFor(staker), 4 ether);
        requestFor(staker, 6 ether * SHARES);
        skip(U + LIFE - 1);
        assertEq(unstakeFor(staker), 6 ether);
        assertEq(vault.balanceOf(staker), 10 ether);
        assertEq(vault.sharesOf(provider, staker), 0);
        assertEq(pool().requestedShares, 0);
        assertEq(pool().assets, 10 ether);
    }

    function test_PaysAsFarAsLocksLeaveRoom() external {
        hold(13 ether);
        requestFor(staker, 10 ether * SHARES);
        skip(U);
        uint256 readyAt = vm.getBlockTimestamp();
        vm.expectEmit(address(vault));
        emit IVault.Unstaked(provider, staker, 7 ether * SHARES, 7 ether, readyAt);
        assertEq(unstakeFor(staker), 7 ether);
        assertEq(ticketOf(staker).shares, 3 ether * SHARES);
        assertEq(ticketOf(staker).readyAt, readyAt);
        assertEq(pool().requestedShares, 3 ether * SHARES);

        // No new lock takes the room that the old ones leave.
        vm.prank(market);
        vault.free(provider, 13 ether);
        assertEq(vault.lockableOf(provider), 10 ether);
        skip(LIFE - 1);
        assertEq(unstakeFor(staker), 3 ether);
    }

    function test_RenewsWhenLocksLeaveNoRoom() external {
        hold(20 ether);
        requestFor(staker, 10 ether * SHARES);
        skip(U + LIFE - 1);
        assertEq(unstakeFor(staker), 0);
        assertEq(ticketOf(staker).shares, 10 ether * SHARES);
        assertEq(ticketOf(staker).readyAt, vm.getBlockTimestamp());
        skip(LIFE - 1);
        vm.prank(market);
        vault.free(provider, 20 ether);
        assertEq(unstakeFor(staker), 10 ether);
    }

    function testFuzz_LeavesOwnValueOfHalfTheLocks(uint256 locked, uint256 asked, uint256 earned) external {
        locked = bound(locked, 0, 20 ether);
        asked = bound(asked, 1, 10 ether * SHARES);
        earned = bound(earned, 0, 100 ether);
        hold(locked);
        vm.prank(provider);
        vault.setCommission(0);
        openEscrow(earned);
        settle(earned, 0, 0, 0);
        requestFor(provider, asked);
        skip(U);
        unstakeFor(provider);
        assertGe(2 * valueOf(provider), locked);
        assertGe(pool().assets, locked);
        // A ticket that stays means that not one wei more could have left.
        if (ticketOf(provider).shares != 0) assertLe(2 * (valueOf(provider) - 1), locked + 2);
    }

    function test_BurnsSharesThatAreWorthNothing() external {
        hold(20 ether);
        slash(20 ether, 0, 0);
        requestFor(staker, 10 ether * SHARES);
        skip(U);
        assertEq(unstakeFor(staker), 0);
        assertEq(vault.sharesOf(provider, staker), 0);
        assertEq(pool().shares, 0);

        // An empty pool starts anew.
        assertEq(stakeFor(staker, 1 ether), 1 ether * SHARES);
    }

    function test_PaysWhatSharesEarnedMeanwhile() external {
        vm.prank(provider);
        vault.setCommission(0);
        requestFor(staker, 10 ether * SHARES);
        openEscrow(4 ether);
        settle(4 ether, 0, 0, 0);
        skip(U);
        // The odd wei stays in the pool: virtual shares have a part too.
        assertApproxEqAbs(unstakeFor(staker), 12 ether, 1);
        assertGe(pool().assets, 12 ether);
    }

    function test_PaysWhatIsLeftAfterASlash() external {
        hold(14 ether);
        requestFor(staker, 10 ether * SHARES);
        slash(14 ether, 0, 0);
        skip(U);
        assertApproxEqAbs(unstakeFor(staker), 6 ether, 1);
        assertLe(vault.balanceOf(staker), 6 ether);
    }
}
