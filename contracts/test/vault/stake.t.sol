// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IVault } from "../../src/interfaces/IVault.sol";
import { VaultTest } from "./VaultTest.sol";

contract StakeTest is VaultTest {
    function test_RevertWhen_PoolServesNoMarket() external {
        fund(provider, 1 ether);
        vm.startPrank(provider);
        vm.expectRevert(abi.encodeWithSelector(IVault.UnexpectedMarket.selector, provider, address(0), address(0)));
        vault.stake(provider, 1 ether, address(0), 10_000);
        vm.expectRevert(abi.encodeWithSelector(IVault.UnexpectedMarket.selector, provider, market, address(0)));
        vault.stake(provider, 1 ether, market, 10_000);
    }

    function test_RevertWhen_PoolServesAnotherMarket() external {
        openPool(1 ether);
        fund(staker, 1 ether);
        vm.expectRevert(abi.encodeWithSelector(IVault.UnexpectedMarket.selector, provider, stranger, market));
        vm.prank(staker);
        vault.stake(provider, 1 ether, stranger, 10_000);
    }

    function test_RevertWhen_AnotherMarketIsAnnounced() external {
        openPool(1 ether);
        stakeFor(staker, 1 ether);
        vm.prank(provider);
        vault.setMarket(stranger);
        fund(staker, 1 ether);
        vm.expectRevert(abi.encodeWithSelector(IVault.UnexpectedMarket.selector, provider, market, stranger));
        vm.prank(staker);
        vault.stake(provider, 1 ether, market, 10_000);

        stakeFor(provider, 1 ether);
        assertEq(pool().assets, 3 ether);
    }

    function test_RevertWhen_CommissionIsAboveExpected() external {
        openPool(1 ether);
        fund(staker, 1 ether);
        vm.expectRevert(abi.encodeWithSelector(IVault.CommissionAboveExpected.selector, provider, 9_999, 10_000));
        vm.prank(staker);
        vault.stake(provider, 1 ether, market, 9_999);
    }

    function test_RevertWhen_AnnouncedCommissionIsAboveExpected() external {
        openPool(1 ether);
        vm.startPrank(provider);
        vault.setCommission(500);
        vault.setCommission(1_500);
        vm.stopPrank();
        fund(staker, 1 ether);
        vm.startPrank(staker);
        vm.expectRevert(abi.encodeWithSelector(IVault.CommissionAboveExpected.selector, provider, 1_499, 1_500));
        vault.stake(provider, 1 ether, market, 1_499);
        skip(U + LIFE);
        vm.expectRevert(abi.encodeWithSelector(IVault.CommissionAboveExpected.selector, provider, 1_499, 1_500));
        vault.stake(provider, 1 ether, market, 1_499);
        vault.stake(provider, 1 ether, market, 1_500);
    }

    function test_RevertWhen_BalanceIsSmaller() external {
        openPool(1 ether);
        vm.expectRevert(abi.encodeWithSelector(IVault.InsufficientBalance.selector, staker, type(uint256).max, 0));
        vm.prank(staker);
        vault.stake(provider, type(uint256).max, market, 10_000);
    }

    function test_RevertWhen_AmountBuysNoShare() external {
        openPool(1 ether);
        vm.expectRevert(IVault.ZeroAmount.selector);
        vm.prank(staker);
        vault.stake(provider, 0, market, 10_000);

        // Earnings of 1e24 wei into a pool of 1 wei: a share is worth 5e17 wei.
        vm.prank(provider);
        vault.setCommission(0);
        requestFor(provider, 1 ether * SHARES - SHARES);
        skip(U);
        unstakeFor(provider);
        openEscrow(1e24);
        settle(1e24, 0, 0, 0);
        fund(staker, 1e17);
        vm.expectRevert(IVault.ZeroAmount.selector);
        vm.prank(staker);
        vault.stake(provider, 1e17, market, 10_000);
    }

    function test_RevertWhen_PoolIsWiped() external {
        openPool(1 ether);
        stakeFor(staker, 1 ether);
        hold(2 ether);
        slash(2 ether, 0, 0);
        fund(staker, 1 ether);
        vm.expectRevert(abi.encodeWithSelector(IVault.PoolWiped.selector, provider, 0, 1 ether * SHARES));
        vm.prank(staker);
        vault.stake(provider, 1 ether, market, 10_000);
    }

    function test_GivesAMillionSharesAWeiAtFirst() external {
        openPool(1 ether);
        assertEq(vault.sharesOf(provider, provider), 1 ether * SHARES);
        assertEq(valueOf(provider), 1 ether);
        assertEq(stakeFor(staker, 7), 7 * SHARES);
    }

    function testFuzz_NeverGivesMoreThanWasBrought(uint256 own, uint256 earned, uint256 amount) external {
        own = bound(own, 1, 1e27);
        earned = bound(earned, 0, 1e27);
        amount = bound(amount, 1e12, 1e27);
        openPool(own);
        vm.prank(provider);
        vault.setCommission(0);
        openEscrow(earned);
        settle(earned, 0, 0, 0);
        uint256 ownValue = valueOf(provider);
        uint256 shares = amount * (own * SHARES + 1e6) / (own + earned + 1);
        vm.assume(shares != 0);

        assertEq(stakeFor(staker, amount), shares);
        assertLe(valueOf(staker), amount);
        assertGe(valueOf(provider), ownValue);
        assertEq(pool().assets, own + earned + amount);
        assertEq(pool().ownFreeShares, own * SHARES);
        assertEq(vault.balanceOf(staker), 0);
    }

    function test_EmitsStaked() external {
        openPool(1 ether);
        fund(staker, 2 ether);
        vm.expectEmit(address(vault));
        emit IVault.Staked(provider, staker, 2 ether, 2 ether * SHARES);
        vm.prank(staker);
        vault.stake(provider, 2 ether, market, 10_000);
    }
}
