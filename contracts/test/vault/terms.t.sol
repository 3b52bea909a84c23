// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IVault } from "../../src/interfaces/IVault.sol";
import { VaultTest } from "./VaultTest.sol";
import { SafeCast } from "@openzeppelin/contracts/utils/math/SafeCast.sol";

contract SetCommissionTest is VaultTest {
    function setCommission(uint16 commissionBps) private {
        vm.prank(provider);
        vault.setCommission(commissionBps);
    }

    function test_RevertWhen_AboveTheWhole() external {
        vm.expectRevert(abi.encodeWithSelector(IVault.CommissionOutOfBounds.selector, 10_001, 10_000));
        setCommission(10_001);
    }

    function test_IsEverythingUntilSet() external view {
        assertEq(pool().commissionBps, 10_000);
    }

    function test_FallsAtOnce() external {
        vm.expectEmit(address(vault));
        emit IVault.CommissionSet(provider, 700, vm.getBlockTimestamp());
        setCommission(700);
        assertEq(pool().commissionBps, 700);
    }

    function testFuzz_RisesAfterTheAnnouncement(uint16 low, uint16 high) external {
        low = uint16(bound(low, 0, 9_999));
        high = uint16(bound(high, low + 1, 10_000));
        setCommission(low);
        uint256 from = vm.getBlockTimestamp() + U + LIFE;
        vm.expectEmit(address(vault));
        emit IVault.CommissionSet(provider, high, from);
        setCommission(high);
        assertEq(pool().commissionBps, low);
        assertEq(pool().nextCommissionBps, high);
        assertEq(pool().nextCommissionAt, from);
        vm.warp(from - 1);
        assertEq(pool().commissionBps, low);
        vm.warp(from);
        assertEq(pool().commissionBps, high);
        assertEq(pool().nextCommissionAt, 0);
    }

    function test_AFallVoidsAnAnnouncedRise() external {
        setCommission(500);
        setCommission(900);
        setCommission(500);
        assertEq(pool().nextCommissionAt, 0);
        skip(U + LIFE);
        assertEq(pool().commissionBps, 500);
    }

    function test_AnotherRiseReplacesAnAnnouncedOne() external {
        setCommission(500);
        setCommission(900);
        skip(U);
        setCommission(800);
        skip(LIFE);
        assertEq(pool().commissionBps, 500);
        skip(U);
        assertEq(pool().commissionBps, 800);
    }

    function test_KeepsARiseThatIsDueUntilTheNext() external {
        setCommission(500);
        setCommission(900);
        skip(U + LIFE);
        setCommission(1_000);
        assertEq(pool().commissionBps, 900);
        setCommission(600);
        assertEq(pool().commissionBps, 600);
    }

    function test_ARiseThatIsDueIsPaid() external {
        openPool(1 ether);
        setCommission(1_000);
        setCommission(3_000);
        skip(U + LIFE);
        openEscrow(1 ether);
        settle(1 ether, 0, 0, 0);
        assertEq(vault.balanceOf(provider), 0.3 ether);
    }
}

contract SetMarketTest is VaultTest {
    function setMarket(address to) private {
        vm.prank(provider);
        vault.setMarket(to);
    }

    function test_RevertWhen_SomethingIsLocked() external {
        openPool(1 ether);
        hold(1 wei);
        vm.expectRevert(abi.encodeWithSelector(IVault.PoolLocked.selector, provider, 1, 0));
        setMarket(stranger);
    }

    function test_ServesAtOnceWhenNobodyElseHoldsShares() external {
        openPool(1 ether);
        requestFor(provider, 0.5 ether * SHARES);
        vm.expectEmit(address(vault));
        emit IVault.MarketSet(provider, stranger, vm.getBlockTimestamp());
        setMarket(stranger);
        assertEq(pool().market, stranger);
        setMarket(address(0));
        assertEq(pool().market, address(0));
        assertEq(vault.lockableOf(provider), 0);
    }

    function test_AnnouncesWhenOthersHoldShares() external {
        openPool(1 ether);
        stakeFor(staker, 1 wei);
        uint256 from = vm.getBlockTimestamp() + U + LIFE;
        vm.expectEmit(address(vault));
        emit IVault.MarketSet(provider, stranger, from);
        setMarket(stranger);
        assertEq(pool().market, market);
        assertEq(pool().nextMarket, stranger);
        assertEq(pool().nextMarketAt, from);

        vm.warp(from - 1);
        vm.expectRevert(abi.encodeWithSelector(IVault.AnnouncementNotReady.selector, provider, from, from - 1));
        setMarket(stranger);
        vm.warp(from);
        vm.expectEmit(address(vault));
        emit IVault.MarketSet(provider, stranger, from);
        setMarket(stranger);
        assertEq(pool().market, stranger);
        assertEq(pool().nextMarketAt, 0);
    }

    function test_AnotherAnnouncementReplacesTheFirst() external {
        openPool(1 ether);
        stakeFor(staker, 1 ether);
        setMarket(stranger);
        skip(U);
        setMarket(client);
        skip(LIFE);
        assertEq(pool().nextMarket, client);
        uint256 readyAt = vm.getBlockTimestamp() + U;
        vm.expectRevert(
            abi.encodeWithSelector(IVault.AnnouncementNotReady.selector, provider, readyAt, vm.getBlockTimestamp())
        );
        setMarket(client);
        // The first is forgotten: naming it again announces it again.
        setMarket(stranger);
        assertEq(pool().market, market);
        assertEq(pool().nextMarketAt, vm.getBlockTimestamp() + U + LIFE);
    }

    function test_NamingThePresentMarketVoidsAnAnnouncement() external {
        openPool(1 ether);
        stakeFor(staker, 1 ether);
        setMarket(stranger);
        setMarket(market);
        assertEq(pool().nextMarketAt, 0);
        skip(U + LIFE);
        setMarket(stranger);
        assertEq(pool().market, market);
    }

    function test_NoMarketCanBeAnnouncedToo() external {
        openPool(1 ether);
        stakeFor(staker, 1 ether);
        setMarket(address(0));
        assertEq(pool().market, market);
        skip(U + LIFE);
        setMarket(address(0));
        assertEq(pool().market, address(0));
        // Others still hold shares: the way back is announced as well.
        setMarket(market);
        assertEq(pool().market, address(0));
    }

    function test_RevertWhen_ReadyAndHeldOrTailLeft() external {
        openPool(1 ether);
        stakeFor(staker, 1 ether);
        setMarket(stranger);
        hold(2);
        skip(U + LIFE);
        vm.expectRevert(abi.encodeWithSelector(IVault.PoolLocked.selector, provider, 2, 0));
        setMarket(stranger);
        openEscrow(1);
        settle(1, 0, 2, 2);
        vm.expectRevert(abi.encodeWithSelector(IVault.PoolLocked.selector, provider, 0, 2));
        setMarket(stranger);
        skip(2 * W);
        setMarket(stranger);
        assertEq(pool().market, stranger);
    }

    function test_AnnouncementsDoNotDisturbEachOther() external {
        openPool(1 ether);
        stakeFor(staker, 1 ether);
        vm.startPrank(provider);
        vault.setCommission(100);
        vault.setCommission(200);
        vault.setMarket(stranger);
        vault.setMarket(market);
        vm.stopPrank();
        skip(U + LIFE);
        assertEq(pool().commissionBps, 200);
        setMarket(stranger);
        vm.prank(provider);
        vault.setCommission(50);
        assertEq(pool().nextMarket, stranger);
    }
}

contract SetLockLimitTest is VaultTest {
    function test_NothingIsLockedUntilSet() external {
        vm.prank(provider);
        vault.setMarket(market);
        stakeFor(provider, 1 ether);
        assertEq(vault.lockableOf(provider), 0);
        vm.expectRevert(abi.encodeWithSelector(IVault.LockAboveLimit.selector, provider, 0, 1, 0));
        hold(1);
    }

    function test_RevertWhen_Above72Bits() external {
        vm.expectRevert(abi.encodeWithSelector(SafeCast.SafeCastOverflowedUintDowncast.selector, 72, uint256(1) << 72));
        vault.setLockLimit(1 << 72);
    }

    function testFuzz_LimitsNewLocks(uint256 limit, uint256 amount) external {
        limit = bound(limit, 0, 10 ether);
        amount = bound(amount, 0, limit);
        openPool(10 ether);
        vm.expectEmit(address(vault));
        emit IVault.LockLimitSet(provider, limit);
        vm.prank(provider);
        vault.setLockLimit(limit);
        hold(amount);
        vm.expectRevert(
            abi.encodeWithSelector(IVault.LockAboveLimit.selector, provider, amount, limit - amount + 1, limit)
        );
        hold(limit - amount + 1);
    }

    function test_TouchesNoOldLock() external {
        openPool(10 ether);
        hold(10 ether);
        vm.prank(provider);
        vault.setLockLimit(1 ether);
        assertEq(pool().held, 10 ether);
        assertEq(vault.lockableOf(provider), 0);
    }
}

contract SetOperatorTest is VaultTest {
    function test_RevertWhen_FloatExceedsBalance() external {
        fund(provider, 1 ether);
        vm.expectRevert(abi.encodeWithSelector(IVault.InsufficientBalance.selector, provider, 2 ether, 1 ether));
        vm.prank(provider);
        vault.setOperator(operator, true, 2 ether);
    }

    function test_RevertWhen_OperatorRefusesTheFloat() external {
        fund(provider, 1 ether);
        vm.expectRevert(abi.encodeWithSelector(IVault.TransferFailed.selector, address(this), 1 ether));
        vm.prank(provider);
        vault.setOperator(address(this), true, 1 ether);
    }

    function test_AllowsAndForbids() external {
        fund(provider, 1 ether);
        vm.expectEmit(address(vault));
        emit IVault.OperatorSet(provider, operator, true);
        vm.expectEmit(address(vault));
        emit IVault.Withdrawn(provider, operator, 0.4 ether);
        vm.startPrank(provider);
        vault.setOperator(operator, true, 0.4 ether);
        assertEq(operator.balance, 0.4 ether);
        assertEq(vault.balanceOf(provider), 0.6 ether);
        assertTrue(vault.isOperator(provider, operator));
        vault.requireWorker(provider, operator);

        vault.setOperator(operator, false, 0);
        assertFalse(vault.isOperator(provider, operator));
        vm.expectRevert(abi.encodeWithSelector(IVault.NotOperatorOf.selector, provider, operator));
        vault.requireWorker(provider, operator);
    }

    function test_TheProviderAlwaysWorksForItself() external view {
        vault.requireWorker(provider, provider);
    }
}
